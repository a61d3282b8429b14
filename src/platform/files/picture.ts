import type { Sharp } from 'sharp'
import { refuseFile } from './file-content.ts'
import type { FileFormat } from './file-kinds.ts'

type Picture = Extract<FileFormat, 'jpeg' | 'png' | 'webp'>

const longestSide = 2048
const thumbnailSide = 320
// A picture of few kilobytes can unfold into gigabytes; telephones take up to 108 million points.
const mostPoints = 120_000_000

export function isPicture(format: FileFormat): format is Picture {
  return format === 'jpeg' || format === 'png' || format === 'webp'
}

/**
 * Draws a picture anew, upright and at most 2048 points long. What else the file carried (place, camera, anything hidden
 * behind the picture) is gone. Refuses what cannot be drawn. The same bytes give the same bytes.
 */
export async function redrawPicture(bytes: Uint8Array, format: Picture): Promise<Uint8Array> {
  try {
    return await encoded(await opened(bytes, longestSide), format).toBuffer()
  } catch {
    return refuseFile('files.picture_unreadable', {
      vi: 'Không mở được ảnh này: ảnh bị hỏng hoặc quá nhiều điểm ảnh. Hãy chụp hoặc lưu lại rồi gửi.',
      en: 'This picture cannot be opened: it is damaged or has too many points. Take or save it again.',
    })
  }
}

/** A small WebP of a kept picture, at most 320 points long. */
export async function drawThumbnail(bytes: Uint8Array): Promise<Uint8Array> {
  return (await opened(bytes, thumbnailSide)).webp({ quality: 75 }).toBuffer()
}

async function opened(bytes: Uint8Array, side: number): Promise<Sharp> {
  // Loaded with the first picture: the library takes twenty megabytes.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp(bytes, { limitInputPixels: mostPoints, failOn: 'error' })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
}

function encoded(picture: Sharp, format: Picture): Sharp {
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality: 82 })
  return picture.jpeg({ quality: 82 })
}
