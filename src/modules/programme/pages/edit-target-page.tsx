import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { api } from '../../../web/api.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { LongTextField } from '../../../web/ui/fields.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { Made, TargetPage, type TargetPageAnswer } from '../contract.ts'
import { PlanList } from '../plans.contract.ts'
import * as texts from '../texts.ts'
import styles from './editor.module.css'
import { SettlingNote } from './settling-note.tsx'
import { draftOf } from './target-draft.ts'
import { TargetForm } from './target-form.tsx'
import { overviewHref } from './view-address.ts'

/** Changes a target, with the reason, or takes it out of its plan. */
export function Page() {
  const w = useWords(texts)
  const navigate = useNavigate()
  const { targetId = '' } = useParams()
  // Not read again while it is being changed: what is typed stands against the revision that was seen.
  const read = useRead('target-to-change', `/api/programme/targets/${targetId}`, TargetPage)
  const plans = useRead('programme', '/api/programme/plans', PlanList)
  return (
    <Loaded whole read={read}>
      {({ target }) => (
        <>
          <PageHeader
            title={w.editTarget(target.title)}
            above={[
              { label: target.unit.name, href: overviewHref(target.unit.id, null) },
              { label: target.title, href: `/targets/${target.id}` },
            ]}
          />
          {target.origin !== null && (
            <p className={styles.note}>
              {originNote(target, w)}{' '}
              {target.settling !== null && (
                <SettlingNote settling={target.settling} unitId={target.origin.id} />
              )}
            </p>
          )}
          {target.origin?.kind !== 'left' && (
            <Loaded read={plans}>
              {(list) => (
                <TargetForm
                  key={target.revisionId}
                  unitId={target.unit.id}
                  programmes={list.programmes.filter((programme) =>
                    programme.plans.some((plan) => plan.id === target.planId),
                  )}
                  initial={draftOf(target)}
                  changes={{
                    targetId: target.id,
                    revisionId: target.revisionId,
                  }}
                  onCancel={() => void navigate(`/targets/${target.id}`)}
                  onDone={(id, title) => {
                    notify({ text: w.saved(title) })
                    void navigate(`/targets/${id}`)
                  }}
                />
              )}
            </Loaded>
          )}
          <Remove target={target} />
        </>
      )}
    </Loaded>
  )
}

type Target = TargetPageAnswer['target']

/** What becomes of a target of a unit that has ended, once it is changed. */
function originNote({ origin, unit }: Target, w: typeof texts.vi): string {
  if (origin === null) return ''
  if (origin.kind === 'left') return w.editLeft(origin.name)
  return origin.kind === 'given'
    ? w.editGiven(unit.name, origin.name)
    : w.editInherited(unit.name, origin.name)
}

function Remove({ target }: { target: Target }) {
  const w = useWords(texts)
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  return (
    <div className={styles.danger}>
      <ConfirmButton
        dangerous
        question={w.removeQuestion(target.title)}
        consequence={
          <>
            <p>{target.origin === null ? w.removeText : w.closeText}</p>
            <LongTextField
              name="removeReason"
              label={w.fields.reason}
              required
              value={reason}
              onChange={setReason}
            />
          </>
        }
        confirm={w.removeConfirm}
        onConfirm={async () => {
          await api.send('POST', `/api/programme/targets/${target.id}/remove`, Made, { reason })
          notify({ text: w.removedNow(target.title) })
          void navigate(overviewHref(target.unit.id, null))
        }}
      >
        {w.removeTarget}
      </ConfirmButton>
    </div>
  )
}
