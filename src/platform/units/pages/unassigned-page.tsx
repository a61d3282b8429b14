import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { dayText, numberText } from '../../../web/formats.ts'
import { useRead } from '../../../web/read.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as unitTexts from '../texts.ts'
import { UnassignedList } from '../unassigned.contract.ts'
import * as texts from '../unassigned.texts.ts'
import styles from './changes.module.css'

/** Units that were split, or ended without a successor, whose own records wait for a person to say where they belong. */
export function Page() {
  const { language, words } = useLanguage()
  const w = words(texts)
  const u = words(unitTexts)
  const read = useRead('units', '/api/units/unassigned', UnassignedList)
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} above={[{ label: u.title, href: '/units' }]} />
      <Loaded whole read={read}>
        {({ splits, more }) =>
          splits.length === 0 ? (
            <EmptyState title={w.none}>{w.noneHint}</EmptyState>
          ) : (
            <>
              <ul className={styles.piles}>
                {splits.map((split) => {
                  const open = split.piles.filter((pile) => pile.open > 0)
                  const verb = open.length === 0 ? w.review : split.maySettle ? w.settle : w.look
                  return (
                    <li key={split.id} className={styles.split}>
                      <p>
                        <Link to={`/units/${split.id}`}>
                          {w.titles[split.kind](split.name, dayText(split.on))}
                        </Link>
                      </p>
                      <p className={styles.small}>
                        {split.within !== null && `${w.within(split.within)} · `}
                        {split.kind === 'split'
                          ? w.into(split.halves.map((half) => half.name).join(', '))
                          : w.noHeir}{' '}
                        ·{' '}
                        {open.length === 0
                          ? w.done
                          : w.waits(
                              open
                                .map((pile) => w.pile(numberText(pile.open), pile.noun[language]))
                                .join(', '),
                            )}
                      </p>
                      <Button
                        component={Link}
                        to={`/units/unassigned/${split.id}`}
                        variant={verb === w.settle ? 'filled' : 'default'}
                        aria-label={w.ofUnit(verb, split.name)}
                      >
                        {verb}
                      </Button>
                    </li>
                  )
                })}
              </ul>
              {more > 0 && <p>{w.more(numberText(more))}</p>}
            </>
          )
        }
      </Loaded>
    </>
  )
}
