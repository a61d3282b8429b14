import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { api } from '../api.ts'
import { useMe } from '../me.ts'
import { forgetSessionEnded, putOffSigningIn, useAsksToSignIn } from '../session-ended.ts'
import confirmStyles from '../ui/confirm-button.module.css'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/form.tsx'
import { useRefusalForm } from '../ui/refusal-form.ts'
import * as texts from '../web.texts.ts'
import { useWords } from '../words.ts'

const SignedIn = z.object({ mustChangePassword: z.boolean() })

/** Lets the same person sign in again over the page, so that nothing typed is lost when a session ends. */
export function SessionEndedDialog() {
  const w = useWords(texts).sessionEnded
  const { me } = useMe()
  const asks = useAsksToSignIn()
  if (me === null) return null
  return (
    <Modal.Root
      opened={asks}
      onClose={putOffSigningIn}
      transitionProps={{ duration: 100 }}
      classNames={{ content: confirmStyles.content }}
      zIndex={400}
      centered
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <Modal.Title className={confirmStyles.question}>{w.title}</Modal.Title>
        <SignInAgain {...me.account} />
      </Modal.Content>
    </Modal.Root>
  )
}

function SignInAgain({ loginName, displayName }: { loginName: string; displayName: string }) {
  const w = useWords(texts).sessionEnded
  const queries = useQueryClient()
  const [mustChange, setMustChange] = useState(false)
  const form = useRefusalForm({
    initial: { password: '' },
    submit: ({ password }) => api.send('POST', '/api/session', SignedIn, { loginName, password }),
    onDone: ({ mustChangePassword }) => {
      if (mustChangePassword) return setMustChange(true)
      forgetSessionEnded()
      // Not refresh(): that takes the answers away first, and the forms on the page with them.
      void queries.invalidateQueries()
    },
    leaveFreely: true,
  })
  if (mustChange) {
    return (
      <div className={confirmStyles.consequence}>
        <p>{w.changeFirst}</p>
        <a href="/account" target="_blank" rel="noreferrer" onClick={forgetSessionEnded}>
          {w.ownAccount}
        </a>
      </div>
    )
  }
  return (
    <>
      <p className={confirmStyles.consequence}>{w.text(displayName)}</p>
      <Form form={form} label={w.signIn} send={w.signIn} onCancel={putOffSigningIn}>
        <input type="text" name="username" autoComplete="username" value={loginName} readOnly hidden />
        <TextField
          label={w.password}
          type="password"
          autoComplete="current-password"
          required
          {...form.field('password')}
        />
      </Form>
    </>
  )
}
