import { Button } from '@mantine/core'
import { useState } from 'react'
import { troubleText } from '../../../web/refusal.ts'
import { useLanguage } from '../../../web/words.ts'
import type { ActivityAnswer } from '../contract.ts'
import * as texts from '../texts.ts'
import { PhotoInput, QueuedPhotos, usePhotoQueue } from './photo-queue.tsx'
import styles from './teams.module.css'
import { useDeed } from './use-deed.ts'

/** The photos of an activity; while `changing`, photos can be added and taken off. */
export function ActivityPhotos({ activity, changing }: { activity: ActivityAnswer; changing: boolean }) {
  const { language, words } = useLanguage()
  const w = words(texts)
  const { send } = useDeed()
  const queue = usePhotoQueue()
  const [error, setError] = useState<string | undefined>(undefined)
  const guarded = async (work: () => Promise<unknown>) => {
    setError(undefined)
    try {
      await work()
    } catch (thrown) {
      setError(troubleText(thrown, language))
    }
  }
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
      {error !== undefined && (
        <p className={styles.bad} role="alert">
          {error}
        </p>
      )}
      {changing && !queue.busy && (
        <PhotoInput label={w.addPhoto} onPhotos={(files) => void queue.send(activity.id, queue.add(files))} />
      )}
      <QueuedPhotos queue={queue} onAgain={() => void queue.send(activity.id)} />
    </>
  )
}
