// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the rows are blocks, and blocks lose the roles of a table
// biome-ignore-all lint/a11y/useSemanticElements: as above
import { Link } from 'react-router'
import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { dayText } from '../../../web/formats.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { Status } from '../../../web/ui/status.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { OverviewAnswer, TargetRowAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './target-table.module.css'
import { endText, plannedText } from './target-values.ts'
import { targetHref } from './view-address.ts'

interface TargetTableProps {
  overview: OverviewAnswer
  fields: OverviewAnswer['fields']
  /** As in the address: null is today. */
  asOf: string | null
}

/** The targets of a unit by field, as a public document would set them. */
export function TargetTable({ overview, fields, asOf }: TargetTableProps) {
  const { words } = useLanguage()
  const w = words(texts)
  return (
    <table className={styles.table} role="table">
      <caption className="only-heard">{w.targetsOf(overview.unit.name)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {w.columns.target}
          </th>
          <th role="columnheader" scope="col" data-number>
            {w.columns.actual}
          </th>
          <th role="columnheader" scope="col" data-number>
            {w.planNow(dayText(overview.asOf))}
          </th>
          <th role="columnheader" scope="col" data-number>
            {w.columns.end}
          </th>
          <th role="columnheader" scope="col">
            {w.columns.status}
          </th>
        </tr>
      </thead>
      {fields.map((field) => (
        <tbody key={field.id} role="rowgroup">
          <tr role="row" className={styles.field}>
            <th role="rowheader" scope="rowgroup" colSpan={5}>
              <h2>{field.name}</h2>
            </th>
          </tr>
          {field.targets.map((target) => (
            <TargetLine key={target.id} target={target} unit={overview.unit.name} asOf={asOf} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function TargetLine({ target, unit, asOf }: { target: TargetRowAnswer; unit: string; asOf: string | null }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className={styles.target}>
        <Link to={targetHref(target.id, asOf)}>{target.title}</Link>
        {target.isAssumption && (
          <abbr className={styles.assumed} title={w.assumption}>
            ≈
          </abbr>
        )}
        {target.origin !== null && (
          <span className={styles.origin}>{w.origins[target.origin.kind](target.origin.name)}</span>
        )}
        <span className={styles.person}>
          {target.answerableName}
          {target.answerablePosition !== '' && `, ${target.answerablePosition}`}
        </span>
      </th>
      <td role="cell" data-number data-label={w.columns.actual}>
        <span>
          {target.figure === null ? (
            <Figure value={null} what={target.title} />
          ) : (
            <LiveFigure figure={target.figure} unit={target.origin?.area ?? unit} />
          )}
        </span>
      </td>
      <td role="cell" data-number data-label={w.columns.plan}>
        <span>{plannedText(target)}</span>
      </td>
      <td role="cell" data-number data-label={w.columns.end}>
        <span>{endText(target, w)}</span>
      </td>
      <td role="cell" data-label={w.columns.status}>
        <Status value={target.status} reason={target.reason[language]} />
      </td>
    </tr>
  )
}
