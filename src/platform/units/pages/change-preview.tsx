import { Link } from 'react-router'
import { dayText, numberText } from '../../../web/formats.ts'
import { type Language, useLanguage } from '../../../web/words.ts'
import type { ChangePreviewAnswer, RecordListAnswer } from '../change.contract.ts'
import * as texts from '../change.texts.ts'
import styles from './changes.module.css'

/** What a change will do, before it is recorded. */
export function ChangePreviewText({ said }: { said: ChangePreviewAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const next = said.nameUntil
  return (
    <>
      {said.namesakes.length > 0 && (
        <Part title={w.namesakes} hint={w.namesakesHint}>
          {said.namesakes.map((one) => (
            <li key={`${one.id} ${one.otherCode}`}>
              {w.namesake(one.name, one.parentName)}{' '}
              {one.id === null ? (
                `${one.otherName} · ${one.otherCode}`
              ) : (
                <Link to={`/units/${one.id}`}>
                  {one.otherName} · {one.otherCode}
                </Link>
              )}
            </li>
          ))}
        </Part>
      )}
      {said.made.length > 0 && (
        <Part title={w.made}>
          {said.made.map((one) => (
            <li key={one.code}>
              <strong>{one.name}</strong> · {one.kindName[language]} · {one.code}
              {one.parentName !== null && ` · ${w.in(one.parentName)}`}
              {one.goesOn !== null && ` · ${w.goesOn(dayText(one.goesOn.on), one.goesOn.into)}`}
            </li>
          ))}
        </Part>
      )}
      {said.ended.length > 0 && (
        <Part title={w.ended}>
          {said.ended.map((one) => (
            <li key={one.id}>
              <strong>{one.name}</strong> · {one.code} · {whereTo(one, w)}
            </li>
          ))}
        </Part>
      )}
      {said.changedCount > 0 && (
        <Part title={w.changed(numberText(said.changedCount))} {...(next && { hint: nameUntil(next, w) })}>
          {said.changed.map((one) => (
            <li key={one.id}>
              <strong>{one.before.name}</strong>: {differences(one, language, w).join('; ')}
            </li>
          ))}
        </Part>
      )}
      {said.changedCount > said.changed.length && <p>{w.shownFirst(numberText(said.changed.length))}</p>}
      <Part title={w.records} {...(said.records.length > 0 && { hint: w.recordsHint })}>
        {said.records.length === 0 && <li>{w.noRecords}</li>}
        {said.records.map((one) => (
          <Records key={one.table} list={one} />
        ))}
      </Part>
      <OfUnit title={w.inherited} records={said.inherited} hint={w.inheritedHint} />
      <OfUnit title={w.left} records={said.left} hint={w.leftHint} />
      <OfUnit title={w.unassigned} records={said.unassigned} hint={w.unassignedHint} />
      <OfUnit title={w.staying} records={said.staying} hint={w.stayingHint} />
      <People
        title={w.working(numberText(said.working.count), said.working.into)}
        people={said.working}
        hint={w.workingHint(said.working.into)}
      />
      <People title={w.toPlace(numberText(said.toPlace.count))} people={said.toPlace} hint={w.toPlaceHint} />
    </>
  )
}

const dayBefore = (on: string) => new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)

const nameUntil = ({ on, name }: { on: string; name: string }, w: texts.ChangeWords) =>
  w.nameUntil(dayText(dayBefore(on)), dayText(on), name)

type OfUnitProps = { title: string; records: ChangePreviewAnswer['unassigned']; hint: string }

/** Records of a unit that ends or is split itself, and what becomes of them. */
function OfUnit({ title, records, hint }: OfUnitProps) {
  if (records.length === 0) return null
  return (
    <Part title={title} hint={hint}>
      {records.map((one) => (
        <Records key={one.table} list={one} />
      ))}
    </Part>
  )
}

/** «4 tổ»: how many records of one kind; it opens to the records themselves. */
function Records({ list }: { list: RecordListAnswer }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const count = (
    <>
      <span className="numbers">{numberText(list.count)}</span> {list.noun[language]}
    </>
  )
  if (list.rows.length === 0) return <li>{count}</li>
  return (
    <li>
      <details>
        <summary>{count}</summary>
        <ul>
          {list.rows.map((row) => (
            <li key={row.id}>{row.href === null ? row.label : <Link to={row.href}>{row.label}</Link>}</li>
          ))}
          {list.count > list.rows.length && (
            <li>{w.moreRecords(numberText(list.count - list.rows.length))}</li>
          )}
        </ul>
      </details>
    </li>
  )
}

type PeopleProps = { title: string; people: ChangePreviewAnswer['toPlace']; hint: string }

/** People whose roles a change touches, each with the page where roles are given. */
function People({ title, people: { count, people }, hint }: PeopleProps) {
  const { language, words } = useLanguage()
  const w = words(texts)
  if (count === 0) return null
  return (
    <Part title={title} hint={hint}>
      {people.map((one) => (
        <li key={one.accountId}>
          <Link to={`/people/${one.accountId}`}>{one.name}</Link> ·{' '}
          {one.roles.map((role) => role[language]).join('; ')}
        </li>
      ))}
      {count > people.length && (
        <li>
          {w.shownFirstPeople(numberText(people.length))} <Link to="/people">{w.allPeople}</Link>
        </li>
      )}
    </Part>
  )
}

function Part({ title, hint, children }: { title: string; hint?: string; children: React.ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ul>{children}</ul>
      {hint !== undefined && <p className={styles.small}>{hint}</p>}
    </section>
  )
}

type Ended = ChangePreviewAnswer['ended'][number]

function whereTo(one: Ended, w: texts.ChangeWords): string {
  if (one.goesTo.length === 0) return w.noHeir
  const names = one.goesTo.join(', ')
  return one.isWhole ? w.wentTo(names) : w.partTo(names)
}

type Changed = ChangePreviewAnswer['changed'][number]

function differences({ before, after }: Changed, language: Language, w: texts.ChangeWords): string[] {
  const pairs = [
    [before.name, after.name],
    [before.code, after.code],
    [before.kindName[language], after.kindName[language]],
    [before.parentName ?? '', after.parentName ?? ''],
  ] as const
  const found = pairs.flatMap(([old, now]) => (old === now ? [] : [`${old} → ${now}`]))
  return found.length > 0 ? found : [w.in(after.parentName ?? '')]
}
