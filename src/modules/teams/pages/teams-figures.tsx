import { LiveFigure } from '../../../web/figure/live-figure.tsx'
import { useUnitFigures } from '../../../web/figure/unit-figures.ts'
import { Loading } from '../../../web/ui/loaded.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'

const shown = [
  'teams.villages_with_team',
  'teams.village_team_members',
  'teams.villages_with_zalo',
  'teams.activities',
  'teams.people_helped',
]

/** What the teams of a unit come to; every number opens the records behind it. */
export function TeamsFigures({ unitId }: { unitId: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { data, isPending } = useUnitFigures(unitId)
  if (isPending) return <Loading lines={2} />
  if (data === undefined) return null
  const figures = shown.flatMap((name) => data.figures.find(({ measure }) => measure.name === name) ?? [])
  return (
    <section aria-label={w.figures}>
      <dl className={styles.figures}>
        {figures.map(({ measure, figure }) => (
          <div key={measure.name}>
            <dt>{measure.title[language]}</dt>
            <dd>
              <LiveFigure figure={figure} unit={data.unit.name} what={measure.title[language]} size="large" />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
