import { Link } from 'react-router'
import { api } from '../../../web/api.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage } from '../../../web/words.ts'
import { Done, type GrantLineAnswer } from '../contract.ts'
import * as texts from '../texts.ts'

/** Grants with their period and state; those that may be taken back can be, here. */
export function GrantsTable(props: {
  caption: string
  grants: readonly GrantLineAnswer[]
  /** Names the person on each row, where rows are of several. */
  withPerson?: boolean
  onChange: () => Promise<unknown>
  empty: { title: string; lead: string }
}) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const roleOf = (grant: GrantLineAnswer) => grant.roleName[language]
  const revoke = async (grant: GrantLineAnswer) => {
    await api.send('POST', `/api/access/grants/${grant.id}/revoke`, Done, {})
    await props.onChange()
    notify({ text: w.revoked(roleOf(grant), grant.unitName) })
  }
  const person: Column<GrantLineAnswer> = {
    id: 'person',
    title: w.name,
    kind: 'person',
    naming: true,
    value: (grant) => grant.displayName,
    cell: (grant) => <Link to={`/people/${grant.accountId}`}>{grant.displayName}</Link>,
  }
  const columns: Column<GrantLineAnswer>[] = [
    ...(props.withPerson ? [person] : []),
    { id: 'role', title: w.role, naming: !props.withPerson, value: roleOf },
    {
      id: 'unit',
      title: w.scope,
      value: (grant) => (grant.heldIn === null ? grant.unitName : w.heldIn(grant.unitName, grant.heldIn)),
    },
    { id: 'from', title: w.from, kind: 'day', value: (grant) => grant.validFrom },
    { id: 'until', title: w.until, kind: 'day', value: (grant) => grant.validUntil },
    { id: 'state', title: w.state, value: (grant) => w.states[grant.state] },
    { id: 'reason', title: w.reason, value: (grant) => grant.reason, deskOnly: true },
    { id: 'grantedBy', title: w.grantedBy, value: (grant) => grant.grantedBy, deskOnly: true },
  ]
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.grants}
      rowKey={(grant) => grant.id}
      rowTone={(grant) => (grant.state === 'revoked' || grant.state === 'ended' ? 'ended' : undefined)}
      empty={<EmptyState title={props.empty.title}>{props.empty.lead}</EmptyState>}
      actions={(grant) =>
        grant.mayRevoke ? (
          <ConfirmButton
            question={w.revokeQuestion(roleOf(grant), grant.unitName, grant.displayName)}
            consequence={w.revokeConsequence}
            confirm={w.revokeConfirm(roleOf(grant))}
            onConfirm={() => revoke(grant)}
            dangerous
          >
            {w.revoke}
          </ConfirmButton>
        ) : null
      }
    />
  )
}
