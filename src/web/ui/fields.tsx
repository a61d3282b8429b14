import { Checkbox, NativeSelect, PasswordInput, Radio, Textarea, TextInput } from '@mantine/core'
import { type HTMLInputAutoCompleteAttribute, useEffect, useState } from 'react'
import { parseNumber } from '../day-entry.ts'
import { numberText } from '../formats.ts'
import { useWords } from '../words.ts'
import styles from './form.module.css'
import type { FieldBinding } from './refusal-form.ts'
import * as texts from './ui.texts.ts'

/** What every field takes besides its binding. */
export interface FieldWords {
  label: string
  /** One line under the label: the form wanted, why it is asked. */
  hint?: string | undefined
  required?: boolean
  disabled?: boolean
}

type Field<V> = Omit<FieldBinding<V>, 'error'> & { error?: string | undefined } & FieldWords

function mantine(field: FieldWords & { name: string; error?: string | undefined }) {
  const { label, hint, required, disabled, name, error } = field
  return {
    label,
    name,
    error,
    disabled,
    description: hint,
    withAsterisk: required === true,
    'aria-required': required === true ? true : undefined,
  }
}

export interface TextFieldProps extends Field<string> {
  type?: 'text' | 'password' | 'tel' | 'email' | 'url' | 'search'
  autoComplete?: HTMLInputAutoCompleteAttribute
  autoFocus?: boolean
  placeholder?: string
}

/** One line of text. Values are NFC. */
export function TextField({ type = 'text', autoComplete, autoFocus, placeholder, ...field }: TextFieldProps) {
  const shared = {
    ...mantine(field),
    value: field.value,
    autoComplete,
    placeholder,
    'data-autofocus': autoFocus ? true : undefined,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      field.onChange(event.currentTarget.value.normalize('NFC')),
  }
  return type === 'password' ? <PasswordInput {...shared} /> : <TextInput {...shared} type={type} />
}

/** Several lines of text. Values are NFC. */
export function LongTextField(field: Field<string>) {
  return (
    <Textarea
      {...mantine(field)}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value.normalize('NFC'))}
    />
  )
}

/** A number typed the Vietnamese way ('1.250', '62,5'); null while empty. */
export function NumberField(field: Field<number | null> & { measuredIn?: string }) {
  const w = useWords(texts)
  const written = field.value === null ? '' : numberText(field.value)
  const [typed, setTyped] = useState(written)
  useEffect(() => {
    setTyped((now) => (parseNumber(now) === field.value ? now : written))
  }, [field.value, written])
  const unreadable = typed.trim() !== '' && parseNumber(typed) === null
  return (
    <TextInput
      {...mantine({ ...field, error: unreadable ? w.number.wrong : field.error })}
      value={typed}
      inputMode="decimal"
      rightSection={field.measuredIn}
      rightSectionWidth={field.measuredIn === undefined ? undefined : `${field.measuredIn.length + 2}ch`}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        field.onChange(parseNumber(event.currentTarget.value))
      }}
      onBlur={() => unreadable || setTyped(written)}
    />
  )
}

export interface Choice<V extends string> {
  value: V
  label: string
}

/** One of many, as a list to open. */
export function SelectField<V extends string>(field: Field<V> & { choices: readonly Choice<V>[] }) {
  return (
    <NativeSelect
      {...mantine(field)}
      value={field.value}
      data={field.choices.map(({ value, label }) => ({ value, label }))}
      onChange={(event) => field.onChange(event.currentTarget.value as V)}
    />
  )
}

/** One of few, all in sight. */
export function ChoiceField<V extends string>(field: Field<V> & { choices: readonly Choice<V>[] }) {
  return (
    <Radio.Group {...mantine(field)} value={field.value} onChange={(value) => field.onChange(value as V)}>
      <div className={styles.choices}>
        {field.choices.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} disabled={field.disabled} py="0.5rem" />
        ))}
      </div>
    </Radio.Group>
  )
}

/** Yes or no. */
export function CheckField(field: Field<boolean>) {
  return (
    <Checkbox
      name={field.name}
      label={field.label}
      description={field.hint}
      error={field.error}
      disabled={field.disabled}
      checked={field.value}
      py="0.5rem"
      onChange={(event) => field.onChange(event.currentTarget.checked)}
    />
  )
}
