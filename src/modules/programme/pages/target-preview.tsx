import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api.ts'
import { figureText } from '../../../web/figure/figure-text.ts'
import { quotientText } from '../../../web/formats.ts'
import { troubleText } from '../../../web/refusal.ts'
import { Status } from '../../../web/ui/status.tsx'
import { useLanguage } from '../../../web/words.ts'
import { Preview, type PreviewAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './editor.module.css'
import { previewOf, type TargetDraft } from './target-draft.ts'

/** How the target would stand today, while it is typed. Nothing is written. */
export function TargetPreview({ draft, unitId }: { draft: TargetDraft; unitId: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const [settled] = useDebouncedValue(draft, 350)
  const asked = previewOf(settled, unitId)
  const { data, error } = useQuery({
    queryKey: [['programme', 'measures'], 'preview', asked],
    queryFn: () => api.send('POST', '/api/programme/preview', Preview, asked),
    enabled: asked !== null,
    placeholderData: (last) => last,
    retry: false,
  })
  return (
    <aside className={styles.preview} aria-label={w.preview} aria-live="polite">
      <h2>{w.preview}</h2>
      {asked === null || (data === undefined && error === null) ? (
        <p className={styles.hint}>{w.previewWaiting}</p>
      ) : error !== null ? (
        <p className={styles.hint}>{troubleText(error, language)}</p>
      ) : (
        data !== undefined && <Verdict preview={data} valueUnit={draft.valueUnit} />
      )}
    </aside>
  )
}

function Verdict({ preview, valueUnit }: { preview: PreviewAnswer; valueUnit: string }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { numerator, denominator } = preview.plannedNow
  const unit = preview.asPercent ? '%' : valueUnit
  const planned = quotientText(BigInt(numerator), BigInt(denominator))
  const actual = preview.figure === null ? null : figureText(preview.figure)
  return (
    <>
      <Status value={preview.status} reason={preview.reason[language]} />
      {preview.warning !== null && <p className={styles.warning}>{preview.warning[language]}</p>}
      <dl className={styles.previewFacts}>
        <dt>{w.previewActual}</dt>
        <dd>{actual ?? w.statuses.not_captured}</dd>
        <dt>{w.previewPlan}</dt>
        <dd>
          {planned} {unit}
        </dd>
      </dl>
    </>
  )
}
