import { Button } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { api } from '../../../web/api.ts'
import { troubleText } from '../../../web/refusal.ts'
import { FileDrop } from '../../../web/ui/file-drop.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { useLanguage } from '../../../web/words.ts'
import type { ActivityAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

const Added = z.object({ fileId: z.string() })

/** The photos of an activity; while `changing`, photos can be added and taken off. */
export function ActivityPhotos({ activity, changing }: { activity: ActivityAnswer; changing: boolean }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send, refresh } = useDeed()
  const [progress, setProgress] = useState<number | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  const guarded = async (work: () => Promise<unknown>) => {
    setError(undefined)
    try {
      await work()
    } catch (thrown) {
      setError(troubleText(thrown, language))
    } finally {
      setProgress(undefined)
    }
  }
  const add = (file: File | null) =>
    file !== null &&
    void guarded(async () => {
      await api.upload(`/api/teams/activities/${activity.id}/photos`, Added, file, {
        onProgress: setProgress,
      })
      notify({ text: w.photoAdded })
      await refresh()
    })
  return (
    <>
      {activity.photos.length > 0 && (
        <ul className={styles.photos}>
          {activity.photos.map((fileId, index) => (
            <li key={fileId}>
              <a href={`/api/files/${fileId}`} target="_blank" rel="noreferrer">
                <img
                  src={`/api/files/${fileId}/thumbnail`}
                  alt={w.photo(index + 1, activity.title)}
                  loading="lazy"
                  width={120}
                  height={120}
                />
              </a>
              {changing && (
                <Button
                  variant="subtle"
                  onClick={() =>
                    void guarded(() => send('DELETE', `activities/${activity.id}/photos/${fileId}`))
                  }
                >
                  {w.removePhoto(index + 1)}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {changing && (
        <FileDrop
          label={w.addPhoto}
          hint={w.photoHint}
          accept={['.jpg', '.jpeg', '.png', '.webp']}
          maxBytes={10_000_000}
          file={null}
          onFile={add}
          progress={progress}
          error={error}
        />
      )}
    </>
  )
}
