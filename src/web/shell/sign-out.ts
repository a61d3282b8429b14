import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { api, Refusal } from '../api.ts'
import { useMe } from '../me.ts'
import { troubleText } from '../refusal.ts'
import { forgetSessionEnded, rememberSignedIn } from '../session-ended.ts'
import { notify } from '../ui/notices.tsx'
import { forgetUnsaved, hasUnsaved } from '../unsaved.ts'
import * as texts from '../web.texts.ts'
import { useLanguage } from '../words.ts'

/** Where the page to sign in lives; platform/session declares it. */
export const signInPath = '/sign-in'

/** Ends the session on the server, then shows the page to sign in. */
export function useSignOut(): () => Promise<void> {
  const { refresh } = useMe()
  const { language, words } = useLanguage()
  const navigate = useNavigate()
  return useCallback(async () => {
    if (hasUnsaved() && !window.confirm(words(texts).leave.text)) return
    try {
      await api.send('POST', '/api/session/sign-out', z.unknown())
    } catch (trouble) {
      const alreadyOut = trouble instanceof Refusal && trouble.status === 401
      if (!alreadyOut) return notify({ text: troubleText(trouble, language) })
    }
    forgetUnsaved()
    forgetSessionEnded()
    rememberSignedIn(false)
    await navigate(signInPath)
    await refresh()
  }, [language, words, navigate, refresh])
}
