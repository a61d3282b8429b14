import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { api } from '../../../web/api.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DayInput } from '../../../web/ui/day-input.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorWords } from '../../../web/ui/error-words.tsx'
import { LongTextField, SelectField, TextField } from '../../../web/ui/fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useRefusalForm } from '../../../web/ui/refusal-form.ts'
import { useLanguage, useWords } from '../../../web/words.ts'
import {
  ChangeApplied,
  type ChangeKind,
  ChangePreview,
  type ChangePreviewAnswer,
} from '../change.contract.ts'
import * as texts from '../change.texts.ts'
import { type UnitKindAnswer, UnitKinds, UnitPage, type UnitPageAnswer } from '../contract.ts'
import * as unitTexts from '../texts.ts'
import { type ChangeDraft, changeOf, emptyHalf, emptyMade } from './change-draft.ts'
import { errorsOf } from './change-errors.ts'
import { ChangeFields } from './change-fields.tsx'
import { ChangePreviewText } from './change-preview.tsx'
import styles from './changes.module.css'
import { kindsBelow } from './made-fields.tsx'

/** Records an administrative change of a unit: choose its kind, fill in, preview, record. */
export function Page() {
  const { unitId = '' } = useParams()
  const read = useRead('units', `/api/units/${unitId}`, UnitPage)
  const known = useRead('units', '/api/units/kinds', UnitKinds)
  return (
    <Loaded whole read={read}>
      {(page) =>
        page.mayChange ? (
          <Loaded whole read={known}>
            {({ kinds: unitKinds }) => <ChangeForm key={page.unit.id} page={page} unitKinds={unitKinds} />}
          </Loaded>
        ) : (
          <NotTheirs unit={page.unit} />
        )
      }
    </Loaded>
  )
}

/** Instead of a form with which nothing could be done: which right is wanted, and who has it. */
function NotTheirs({ unit }: { unit: UnitPageAnswer['unit'] }) {
  const w = useWords(texts)
  const u = useWords(unitTexts)
  return (
    <>
      <PageHeader
        title={`${w.title}: ${unit.name}`}
        above={[
          { label: u.title, href: '/units' },
          { label: unit.name, href: `/units/${unit.id}` },
        ]}
      />
      <EmptyState title={w.notYours(unit.name)}>{w.askWhom(unit.name)}</EmptyState>
    </>
  )
}

const kinds = ['create', 'merge', 'split', 'rename', 'move', 'change_kind', 'abolish'] as const

/** Kinds that also change what the unit above holds. */
const takeAbove: readonly ChangeKind[] = ['merge', 'split', 'move']

/** Kinds of change that the reader could carry out with the unit of a page. */
const kindsFor = (page: UnitPageAnswer) =>
  kinds.filter((kind) => page.mayChangeAbove || !takeAbove.includes(kind))

type ChangeFormProps = { page: UnitPageAnswer; unitKinds: readonly UnitKindAnswer[] }

function firstDraft({ page, unitKinds }: ChangeFormProps, asked: string | null): ChangeDraft {
  const { unit, ancestors } = page
  const kind: ChangeKind = kindsFor(page).find((one) => one === asked) ?? 'rename'
  return {
    kind,
    on: null,
    legalBasis: '',
    note: '',
    name: unit.name,
    code: '',
    toKind: unit.kind,
    nameIsOurs: false,
    created: emptyMade(kindsBelow(unitKinds, unit.kind)[0]?.key ?? ''),
    made: emptyMade(unit.kind),
    above: ancestors.at(-1) ?? null,
    fromIds: [unit],
    becomes: 'made',
    intoId: null,
    parentId: null,
    belowToId: null,
    stays: false,
    halves: [emptyHalf(unit.kind), emptyHalf(unit.kind)],
    goes: {},
  }
}

function ChangeForm(props: ChangeFormProps) {
  const { page, unitKinds } = props
  const { language, words } = useLanguage()
  const w = words(texts)
  const u = useWords(unitTexts)
  const { me } = useMe()
  const [params] = useSearchParams()
  const { unit } = page
  const above = page.ancestors.at(-1)
  const [said, setSaid] = useState<{ preview: ChangePreviewAnswer; of: ChangeDraft } | null>(null)
  const [sent, setSent] = useState<ChangeDraft | null>(null)
  const form = useRefusalForm({
    initial: firstDraft(props, params.get('kind')),
    submit: (draft: ChangeDraft) => {
      setSent(draft)
      return api
        .send('POST', '/api/units/changes/preview', ChangePreview, changeOf(draft, unit.id))
        .then((preview) => ({ preview, of: draft }))
    },
    onDone: setSaid,
  })
  const { errorAt, shown } = errorsOf(form, sent, language)
  return (
    <>
      <PageHeader
        title={`${w.title}: ${unit.name}`}
        above={[
          { label: u.title, href: '/units' },
          { label: unit.name, href: `/units/${unit.id}` },
        ]}
        lead={w.lead}
      />
      <div className={styles.form}>
        <Form form={form} label={w.title} send={w.preview} shownPaths={shown}>
          <SelectField
            label={w.which}
            required
            choices={kindsFor(page).map((value) => ({ value, label: w.kinds[value] }))}
            {...form.field('kind')}
          />
          {!page.mayChangeAbove && above && <p className={styles.small}>{w.takesAbove(above.name)}</p>}
          <DayInput
            label={w.on}
            hint={w.onHint}
            required
            {...form.field('on')}
            {...(me && { today: me.today })}
          />
          <ChangeFields form={form} page={page} kinds={unitKinds} errorAt={errorAt} />
          <TextField label={w.basis} hint={w.basisHint} required {...form.field('legalBasis')} />
          <LongTextField label={w.note} {...form.field('note')} />
        </Form>
        {said !== null && (
          <Said
            unitId={unit.id}
            said={said.preview}
            of={said.of}
            isStale={said.of !== form.values}
            giveUp={form.giveUp}
          />
        )}
      </div>
    </>
  )
}

type SaidProps = {
  unitId: string
  said: ChangePreviewAnswer
  of: ChangeDraft
  isStale: boolean
  giveUp: () => void
}

function Said({ unitId, said, of, isStale, giveUp }: SaidProps) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  const [twin] = said.namesakes
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new preview takes the focus, so that it is read out.
  useEffect(() => heading.current?.focus(), [said])
  const record = async () => {
    await api.send('POST', '/api/units/changes', ChangeApplied, changeOf(of, unitId))
    giveUp()
    notify({ text: w.applied })
    await queries.invalidateQueries()
    void navigate(`/units/${unitId}`)
  }
  const apply = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await record()
    } catch (thrown) {
      setTrouble(thrown)
      setBusy(false)
    }
  }
  return (
    <section className={styles.said} aria-labelledby="said">
      <h2 id="said" ref={heading} tabIndex={-1}>
        {w.previewTitle}
      </h2>
      <ChangePreviewText said={said} />
      <p className={styles.small}>{isStale ? w.stale : w.nothingWritten}</p>
      <ErrorWords trouble={trouble} />
      {twin === undefined ? (
        <Button onClick={() => void apply()} loading={busy} disabled={isStale}>
          {w.apply}
        </Button>
      ) : (
        <ConfirmButton
          variant="filled"
          disabled={isStale}
          question={w.namesakeQuestion(twin.otherName, twin.parentName)}
          consequence={<p>{w.namesakeConsequence}</p>}
          confirm={w.applyAll}
          onConfirm={record}
        >
          {w.apply}
        </ConfirmButton>
      )}
    </section>
  )
}
