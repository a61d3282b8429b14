import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { pathWithQuery } from '../../../web/api.ts'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage } from '../../../web/words.ts'
import { kindNames, type TeamRowAnswer, TeamsAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { placeText } from './place-text.ts'
import styles from './teams.module.css'
import { pageSize, useTeamsAddress } from './teams-address.ts'
import { TeamsFigures } from './teams-figures.tsx'
import { TeamsFilters } from './teams-filters.tsx'

/** The teams of a unit: what they come to, and the list behind it. */
export function Page() {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { may } = useMe()
  const { unit } = useCurrentUnit()
  const { filter, setFilter, tableView, setTableView, isFiltered } = useTeamsAddress()
  const unitId = filter.unitId || unit?.id
  const asked = { ...filter, unitId }
  const read = useRead('teams', '/api/teams', TeamsAnswer, {
    query: { ...asked, offset: (tableView.page - 1) * pageSize, limit: pageSize },
    keepLast: true,
  })
  const { search: typed, kind, level, state, zalo } = filter
  const toExport = { unitId, kind, level, state, zalo, search: typed }
  const mayChange = may('teams.change')
  const columns: Column<TeamRowAnswer>[] = [
    {
      id: 'name',
      title: w.team,
      naming: true,
      value: (team) => team.name,
      cell: (team) => <Link to={`/teams/${team.id}`}>{team.name}</Link>,
    },
    { id: 'within', title: w.within, cell: (team) => placeText(team.unit, w) },
    { id: 'kind', title: w.kind, cell: (team) => kindNames[team.kind][language], deskOnly: true },
    {
      id: 'head',
      title: w.head,
      cell: (team) =>
        team.headName === null ? (
          '–'
        ) : (
          <>
            {team.headName}
            {team.headPhone !== null && (
              <>
                {' '}
                <a
                  className={styles.phone}
                  href={`tel:${team.headPhone}`}
                  aria-label={`${w.call(team.headName)}, ${team.headPhone}`}
                >
                  {team.headPhone}
                </a>
              </>
            )}
          </>
        ),
    },
    {
      id: 'members',
      title: w.memberCount,
      kind: 'number',
      value: (team) => team.members,
      cell: (team) => numberText(team.members),
    },
    { id: 'zalo', title: w.zalo, cell: (team) => (team.hasZalo ? w.hasZalo : w.hasNoZalo) },
    { id: 'formed', title: w.formedOn, kind: 'day', value: (team) => team.formedOn },
  ]
  return (
    <>
      <PageHeader
        title={w.teams}
        lead={w.teamsLead}
        actions={
          <>
            {may('teams.import') && (
              <Button component={Link} to="/teams/import">
                {w.importMembers}
              </Button>
            )}
            {mayChange && (
              <Button component={Link} to="/teams/new" variant="default">
                {w.formTeam}
              </Button>
            )}
          </>
        }
      />
      {unitId !== undefined && <TeamsFigures unitId={unitId} />}
      <TeamsFilters filter={filter} onFilter={setFilter} />
      {read.isError && read.data === undefined ? (
        <ErrorWords trouble={read.error} onAgain={() => void read.refetch()} />
      ) : (
        <DataTable
          caption={w.teams}
          columns={columns}
          rows={read.data?.teams}
          rowKey={(team) => team.id}
          rowTone={(team) => (team.dissolvedOn !== null ? 'ended' : undefined)}
          pageSize={pageSize}
          server={{ total: read.data?.total ?? 0, view: tableView, onView: setTableView }}
          empty={
            isFiltered ? (
              <EmptyState
                title={w.noneFound}
                action={
                  <Button variant="default" onClick={() => setFilter({})}>
                    {w.clearFilters}
                  </Button>
                }
              />
            ) : (
              <EmptyState title={w.noTeams}>{mayChange && w.noTeamsHelp}</EmptyState>
            )
          }
        />
      )}
      {read.data !== undefined && read.data.total > 0 && (
        <div className={styles.exports} data-not-printed>
          <Button
            component="a"
            variant="default"
            download
            href={pathWithQuery('/api/teams/export.xlsx', toExport)}
          >
            {w.exportTeams}
          </Button>
          <Button
            component="a"
            variant="default"
            download
            href={pathWithQuery('/api/teams/export.xlsx', { ...toExport, rows: 'members' })}
          >
            {w.exportMembers}
          </Button>
        </div>
      )}
    </>
  )
}
