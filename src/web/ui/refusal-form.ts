import { type SyntheticEvent, useCallback, useEffect, useRef, useState } from 'react'
import { NetworkTrouble, Refusal } from '../api.ts'
import { noteUnsaved } from '../unsaved.ts'
import { useLanguage } from '../words.ts'

/** What a form part needs; spread it: `<TextField label="Họ và tên" {...form.field('fullName')} />`. */
export interface FieldBinding<V> {
  name: string
  value: V
  onChange: (value: V) => void
  /** The server's sentence about this field. */
  error: string | undefined
}

export interface RefusalFormOptions<Values extends object, Answer> {
  initial: Values
  /** Sends the values, normally through `api.send`. What it throws is shown in words. */
  submit: (values: Values) => Promise<Answer>
  onDone?: (answer: Answer) => void
  /** Keeps what is typed in this browser tab until it is sent. Never for passwords. */
  keepAs?: string
  /** Nothing is asked when the page is left with something typed: for signing in. */
  leaveFreely?: boolean
}

export interface RefusalForm<Values extends object> {
  values: Values
  field: <Name extends keyof Values & string>(name: Name) => FieldBinding<Values[Name]>
  set: (changes: Partial<Values>) => void
  /** Back to the initial values. */
  reset: () => void
  /** The person gives up what was typed: leaving no longer asks. */
  giveUp: () => void
  /** For `<form onSubmit={form.submit}>`, or `RefusalForm` which does it. */
  submit: (event?: SyntheticEvent) => Promise<void>
  busy: boolean
  /** What was thrown by the last attempt; undefined after a success. */
  trouble: unknown
  /** Whether typed values of an earlier visit were brought back. */
  kept: boolean
}

function keptValues<Values extends object>(keepAs: string | undefined): Partial<Values> | undefined {
  if (keepAs === undefined) return undefined
  try {
    const text = sessionStorage.getItem(`form.${keepAs}`)
    return text === null ? undefined : (JSON.parse(text) as Partial<Values>)
  } catch {
    return undefined
  }
}

function keep(keepAs: string | undefined, values: object | undefined): void {
  if (keepAs === undefined) return
  try {
    if (values === undefined) sessionStorage.removeItem(`form.${keepAs}`)
    else sessionStorage.setItem(`form.${keepAs}`, JSON.stringify(values))
  } catch {
    // Without storage the form still works; only an accidental reload loses what was typed.
  }
}

/** The fields that differ: only these are kept, so that the others come fresh when the page is opened again. */
function changesFrom<Values extends object>(base: Values, values: Values): Partial<Values> | undefined {
  const names = (Object.keys(values) as (keyof Values)[]).filter(
    (name) => JSON.stringify(values[name]) !== JSON.stringify(base[name]),
  )
  if (names.length === 0) return undefined
  return Object.fromEntries(names.map((name) => [name, values[name]])) as Partial<Values>
}

/** A form whose refusals come from the server and land on its fields; what was typed is never lost by a refusal. */
export function useRefusalForm<Values extends object, Answer>(
  options: RefusalFormOptions<Values, Answer>,
): RefusalForm<Values> {
  const { initial, submit: send, onDone, keepAs, leaveFreely = false } = options
  const { language } = useLanguage()
  const [start] = useState(() => keptValues<Values>(keepAs))
  const [values, setValues] = useState<Values>({ ...initial, ...start })
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const [busy, setBusy] = useState(false)
  const sending = useRef(false)
  // What stands in the form without anybody having typed: at first, and after each success.
  const base = useRef<Values>(initial)
  const settling = useRef(false)
  const latest = useRef(values)
  const [self] = useState(() => ({}))
  useEffect(() => () => noteUnsaved(self, false), [self])

  const set = useCallback(
    (changes: Partial<Values>) => {
      const after = { ...latest.current, ...changes }
      latest.current = after
      setValues(after)
      if (settling.current) base.current = after
      const unsent = changesFrom(base.current, after)
      keep(keepAs, unsent)
      noteUnsaved(self, unsent !== undefined && !leaveFreely)
      setChanged((before) => new Set([...before, ...Object.keys(changes)]))
    },
    [keepAs, leaveFreely, self],
  )

  const field = useCallback(
    <Name extends keyof Values & string>(name: Name): FieldBinding<Values[Name]> => {
      const refused =
        trouble instanceof Refusal && !changed.has(name)
          ? trouble.fields.find((one) => one.path === name || one.path.startsWith(`${name}.`))
          : undefined
      return {
        name,
        value: values[name],
        onChange: (value) => set({ [name]: value } as unknown as Partial<Values>),
        error: language === 'en' ? refused?.messageEn : refused?.message,
      }
    },
    [changed, language, set, trouble, values],
  )

  const submit = async (event?: SyntheticEvent) => {
    event?.preventDefault()
    // A second press while the first is on its way would write twice.
    if (sending.current) return
    sending.current = true
    setBusy(true)
    try {
      const answer = await send(values)
      keep(keepAs, undefined)
      noteUnsaved(self, false)
      setTrouble(undefined)
      base.current = values
      settling.current = true
      onDone?.(answer)
    } catch (thrown) {
      if (!(thrown instanceof Refusal) && !(thrown instanceof NetworkTrouble)) console.error(thrown)
      setTrouble(thrown)
    } finally {
      settling.current = false
      setChanged(new Set())
      sending.current = false
      setBusy(false)
    }
  }

  useEffect(() => {
    if (!(trouble instanceof Refusal)) return
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [trouble])

  const reset = () => {
    keep(keepAs, undefined)
    noteUnsaved(self, false)
    base.current = initial
    latest.current = initial
    setValues(initial)
    setTrouble(undefined)
    setChanged(new Set())
  }
  const giveUp = () => noteUnsaved(self, false)
  return { values, field, set, reset, giveUp, submit, busy, trouble, kept: start !== undefined }
}
