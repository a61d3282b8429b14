import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../web/api.ts'
import { notify } from '../../../web/ui/notices.tsx'
import { useWords } from '../../../web/words.ts'
import { LinkSettled, type UnitLinkAnswer } from '../import/links.contract.ts'
import * as texts from '../import/texts.ts'

/** The sentence that a choice of new units amounts to. */
export function useOutcome(link: UnitLinkAnswer) {
  const w = useWords(texts)
  return (units: UnitLinkAnswer['to']) => {
    const { name } = link.from
    // Old and new unit are often called the same; the code tells them apart.
    const names = units.map((unit) => `${unit.name} (${unit.code})`)
    if (names.length === 0) return w.toNone(name)
    const all = [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(w.and)
    return names.length === 1 ? w.whole(name, all) : w.parts(name, all)
  }
}

/** Makes a link again what the list gave. */
export function useTakeBack(link: UnitLinkAnswer) {
  const w = useWords(texts)
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(undefined)
  const run = async (revision: number) => {
    setBusy(true)
    try {
      await api.send('POST', `/api/units/${link.from.id}/link/take-back`, LinkSettled, { revision })
      notify({ text: w.takenBack(link.from.name) })
      await queries.invalidateQueries({ queryKey: ['units'] })
    } catch (thrown) {
      setTrouble(thrown)
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, trouble }
}
