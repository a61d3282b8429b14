import { useState } from 'react'
import { useCurrentUnit } from '../../../web/current-unit.ts'
import { useMe } from '../../../web/me.ts'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import type { PickedUnit } from '../../../web/ui/unit-picker.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { ImportCheckAnswer, ImportResultAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { ImportChoice } from './import-choice.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportPreview } from './import-preview.tsx'

/** Imports a list of members: unit and file, then row by row what will happen, then what has moved. */
export function Page() {
  const { words } = useLanguage()
  const w = words(texts)
  const { me } = useMe()
  const { unit: current } = useCurrentUnit()
  const own =
    me?.may.find((grant) => grant.capability === 'teams.import' && grant.unitId === current?.id) ??
    me?.may.find((grant) => grant.capability === 'teams.import')
  const [unit, setUnit] = useState<Pick<PickedUnit, 'id' | 'name'> | null>(
    own === undefined ? null : { id: own.unitId, name: own.unitName },
  )
  const [joinedOn, setJoinedOn] = useState<string | null>(null)
  const [seen, setSeen] = useState<ImportCheckAnswer | null>(null)
  const [result, setResult] = useState<ImportResultAnswer | null>(null)
  const again = () => {
    setSeen(null)
    setResult(null)
  }
  return (
    <>
      <PageHeader
        title={w.importPage}
        {...(result === null && { lead: w.importLead })}
        above={[{ label: w.teams, href: '/teams' }]}
      />
      {result !== null ? (
        <ImportDone result={result} onAgain={again} />
      ) : seen !== null ? (
        <ImportPreview seen={seen} onDone={setResult} onOtherFile={again} />
      ) : (
        <ImportChoice
          unit={unit}
          onUnit={setUnit}
          joinedOn={joinedOn}
          onJoinedOn={setJoinedOn}
          onSeen={setSeen}
        />
      )}
    </>
  )
}
