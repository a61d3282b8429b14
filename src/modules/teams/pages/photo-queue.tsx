import { Button } from '@mantine/core'
import { useId, useRef, useState } from 'react'
import { z } from 'zod'
import { api } from '../../../web/api.ts'
import { percentValueText } from '../../../web/formats.ts'
import { troubleText } from '../../../web/refusal.ts'
import { notify } from '../../../web/ui/notices.tsx'
import { ProgressLine } from '../../../web/ui/progress-line.tsx'
import { useLanguage } from '../../../web/words.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

const Added = z.object({ fileId: z.string() })
/** What the server takes of one photo. */
const bytesAtMost = 10_000_000

type QueuedPhoto = { key: number; file: File; progress: number | undefined; trouble: string | undefined }

/** Photos chosen but not yet sent. They go one after another; one that fails stays to be tried again. */
export function usePhotoQueue() {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { refresh } = useDeed()
  const [photos, setPhotos] = useState<QueuedPhoto[]>([])
  const [busy, setBusy] = useState(false)
  const nextKey = useRef(1)
  const note = (key: number, change: Partial<QueuedPhoto>) =>
    setPhotos((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const drop = (key: number) => setPhotos((before) => before.filter((one) => one.key !== key))
  const add = (files: readonly File[]): QueuedPhoto[] => {
    const added = files.map((file) => {
      const trouble = file.size > bytesAtMost ? w.photoTooLarge : undefined
      return { key: nextKey.current++, file, progress: undefined, trouble }
    })
    setPhotos((before) => [...before, ...added])
    return added
  }
  /** Sends photos to an activity; answers whether all of them arrived. */
  const send = async (activityId: string, these: readonly QueuedPhoto[] = photos): Promise<boolean> => {
    if (these.length === 0) return true
    setBusy(true)
    let sent = 0
    for (const { key, file } of these) {
      if (file.size > bytesAtMost) continue
      note(key, { progress: 0, trouble: undefined })
      try {
        const onProgress = (progress: number) => note(key, { progress })
        await api.upload(`/api/teams/activities/${activityId}/photos`, Added, file, { onProgress })
        sent += 1
        drop(key)
      } catch (thrown) {
        note(key, { progress: undefined, trouble: troubleText(thrown, language) })
      }
    }
    setBusy(false)
    if (sent > 0) notify({ text: w.photosAdded(sent) })
    await refresh()
    return sent === these.length
  }
  return { photos, busy, add, drop, send }
}

export type PhotoQueue = ReturnType<typeof usePhotoQueue>

/** Chooses several photos at once: on a phone from the camera or the gallery. */
export function PhotoInput({ label, onPhotos }: { label: string; onPhotos: (files: File[]) => void }) {
  const { words } = useLanguage()
  const w = words(texts)
  const id = useId()
  return (
    <div className={styles.photoInput}>
      <input
        id={id}
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          onPhotos([...(event.currentTarget.files ?? [])])
          // Choosing the same photo again must count as a change.
          event.currentTarget.value = ''
        }}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="soft">
        {w.photoHint}
      </p>
    </div>
  )
}

/** The photos of a queue: how far each has come, or why it failed. */
export function QueuedPhotos({ queue, onAgain }: { queue: PhotoQueue; onAgain?: (() => void) | undefined }) {
  const { words } = useLanguage()
  const w = words(texts)
  const { photos, busy, drop } = queue
  const mayTryAgain = !busy && photos.some(({ file, trouble }) => trouble && file.size <= bytesAtMost)
  if (photos.length === 0) return null
  return (
    <div className={styles.photoInput}>
      <ul className={styles.list} aria-label={w.photosToSend}>
        {photos.map(({ key, file, progress, trouble }) => (
          <li key={key}>
            <div className={styles.row}>
              <span>{file.name}</span>
              {!busy && (
                <Button variant="subtle" aria-label={w.dropPhoto(file.name)} onClick={() => drop(key)}>
                  {w.drop}
                </Button>
              )}
            </div>
            {progress !== undefined && (
              <ProgressLine
                label={w.photoSent(percentValueText(Math.trunc(progress * 100)))}
                done={Math.trunc(progress * 100)}
                total={100}
              />
            )}
            {trouble !== undefined && (
              <p className={styles.bad} role="alert">
                {trouble}
              </p>
            )}
          </li>
        ))}
      </ul>
      {onAgain && mayTryAgain && (
        <Button variant="default" onClick={onAgain}>
          {w.sendPhotosAgain}
        </Button>
      )}
    </div>
  )
}
