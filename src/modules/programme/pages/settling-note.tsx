import { Link } from 'react-router'
import { useWords } from '../../../web/words.ts'
import type { SettlingAnswer } from '../contract.ts'
import * as texts from '../texts.ts'

interface SettlingNoteProps {
  settling: SettlingAnswer
  /** The unit that ended. */
  unitId: string
}

/** The way to where what a unit left is settled, and for whoever may not do so who does. */
export function SettlingNote({ settling, unitId }: SettlingNoteProps) {
  const w = useWords(texts)
  const { maySettle, maySee, askAt } = settling
  return (
    <>
      {maySee && <Link to={`/units/unassigned/${unitId}`}>{maySettle ? w.settleHere : w.seeWaiting}</Link>}
      {!maySettle && <> {w.askWhom(askAt)}</>}
    </>
  )
}
