import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api.ts'
import { useWords } from '../../../web/words.ts'
import { People, type PersonAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './editor.module.css'

interface PersonFieldProps {
  unitId: string
  name: string
  accountId: string | null
  error: string | undefined
  /** A name that is typed belongs to no account; a person who is chosen brings name, position and account. */
  onType: (name: string) => void
  onChoose: (person: PersonAnswer) => void
}

/** The person who answers: somebody of the unit, found by name, or any name that is typed. */
export function PersonField({ unitId, name, accountId, error, onType, onChoose }: PersonFieldProps) {
  const w = useWords(texts)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [asked] = useDebouncedValue(name.trim(), 180)
  const { data } = useQuery({
    queryKey: ['programme', 'people', unitId, asked],
    queryFn: ({ signal }) => api.get('/api/programme/people', People, { unitId, q: asked }, signal),
    enabled: combobox.dropdownOpened && unitId !== '' && accountId === null,
    placeholderData: (last) => last,
    retry: false,
  })
  const people = accountId === null ? (data?.people ?? []) : []
  return (
    <Combobox
      store={combobox}
      shadow="sm"
      withinPortal={false}
      onOptionSubmit={(id) => {
        const person = people.find((one) => one.id === id)
        if (person !== undefined) onChoose(person)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <TextInput
          name="answerableName"
          label={w.fields.answerableName}
          description={accountId === null ? w.hints.person : w.hints.personChosen}
          withAsterisk
          aria-required
          autoComplete="off"
          error={error}
          value={name}
          onChange={(event) => {
            onType(event.currentTarget.value.normalize('NFC'))
            combobox.openDropdown()
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={people.length === 0}>
        <Combobox.Options className={styles.people} aria-label={w.peopleFound}>
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <b>{person.name}</b>
              <span className={styles.personPlace}>
                {[person.position, person.unitName].filter((part) => part !== '').join(' · ')}
              </span>
            </Combobox.Option>
          ))}
          {people.length === 0 && (
            // An option that cannot be chosen, because a list box without options is none to those who listen.
            <Combobox.Option value="" disabled>
              {w.hints.person}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
