import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { instantText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable, firstView, type TableView } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { SelectField } from '../../../web/ui/fields.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useWords } from '../../../web/words.ts'
import { PeopleAnswer, type PersonSummaryAnswer, peoplePerPage } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './access-pages.module.css'
import { type AddedPerson, AddPersonForm } from './add-person-form.tsx'
import { OneTimePasswordNote } from './one-time-password.tsx'
import { useRoleChoices, useRoleName } from './role-words.ts'

/** The people of the units one may see, with the way to add one. */
export function Page() {
  const w = useWords(texts)
  const { may } = useMe()
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState<AddedPerson | null>(null)
  const onAdded = (person: AddedPerson) => {
    setAdding(false)
    setAdded(person)
    notify({ text: w.added(person.displayName) })
  }
  const addButton =
    may('access.manage') && !adding ? <Button onClick={() => setAdding(true)}>{w.add}</Button> : undefined
  return (
    <>
      <PageHeader title={w.people} lead={w.lead} actions={addButton} />
      {added !== null && (
        <OneTimePasswordNote
          displayName={added.displayName}
          password={added.oneTimePassword}
          onHide={() => setAdded(null)}
        />
      )}
      {adding && <AddPersonForm onAdded={onAdded} onCancel={() => setAdding(false)} />}
      <People />
    </>
  )
}

function People() {
  const w = useWords(texts)
  const [view, setView] = useState<TableView>(firstView)
  const [status, setStatus] = useState('')
  const [role, setRole] = useState('')
  const read = useRead('access', '/api/access/people', PeopleAnswer, {
    query: { q: view.filter, page: view.page, status, role },
    keepLast: true,
  })
  const backToFirst = () => setView({ ...view, page: 1 })
  const filtered = view.filter !== '' || status !== '' || role !== ''
  return (
    <>
      <div className={styles.filters}>
        <SelectField
          name="status"
          label={w.status}
          value={status}
          onChange={(chosen) => {
            setStatus(chosen)
            backToFirst()
          }}
          choices={[
            { value: '', label: w.anyStatus },
            { value: 'active', label: w.active },
            { value: 'suspended', label: w.suspended },
          ]}
        />
        <SelectField
          name="role"
          label={w.role}
          value={role}
          onChange={(chosen) => {
            setRole(chosen)
            backToFirst()
          }}
          choices={[{ value: '', label: w.anyRole }, ...useRoleChoices()]}
        />
      </div>
      {read.isError && <ErrorWords trouble={read.error} onAgain={() => void read.refetch()} />}
      <DataTable
        caption={w.people}
        columns={useColumns()}
        rows={read.data?.people}
        rowKey={(person) => person.id}
        pageSize={peoplePerPage}
        server={{ total: read.data?.total ?? 0, view, onView: setView }}
        rowTone={(person) => (person.status === 'suspended' ? 'ended' : undefined)}
        empty={
          filtered ? <EmptyState title={w.noneFound} /> : <EmptyState title={w.none}>{w.noneLead}</EmptyState>
        }
      />
    </>
  )
}

function useColumns(): Column<PersonSummaryAnswer>[] {
  const w = useWords(texts)
  const roleName = useRoleName()
  return [
    {
      id: 'name',
      title: w.name,
      naming: true,
      cell: (person) => <Link to={`/people/${person.id}`}>{person.displayName}</Link>,
    },
    { id: 'loginName', title: w.loginName, cell: (person) => person.loginName },
    { id: 'position', title: w.position, cell: (person) => person.position ?? '–', deskOnly: true },
    { id: 'unit', title: w.unit, cell: (person) => person.unitName },
    { id: 'roles', title: w.roles, cell: (person) => person.roles.map(roleName).join(', ') || '–' },
    {
      id: 'status',
      title: w.status,
      cell: (person) => (person.status === 'suspended' ? w.suspended : w.active),
    },
    {
      id: 'seen',
      title: w.lastSignedIn,
      cell: (person) => (person.lastSignedInAt === null ? w.never : instantText(person.lastSignedInAt)),
      deskOnly: true,
    },
  ]
}
