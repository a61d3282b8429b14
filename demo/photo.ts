import { randomStream } from './random.ts'

/** A drawn landscape in place of a photo: hills, a stilt house, a sky that differs by `key`. Plainly no photograph. */
export async function drawnPhoto(key: string): Promise<Uint8Array> {
  const random = randomStream(`photo:${key}`)
  const hue = random.whole(90, 220)
  const hill = (base: number, lightness: number) => {
    const points = [0, 160, 320, 480, 640].map((x) => `${x},${base + random.whole(-40, 40)}`).join(' ')
    return `<polygon points="0,480 ${points} 640,480" fill="hsl(${hue}, 35%, ${lightness}%)"/>`
  }
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
    <rect width="640" height="480" fill="hsl(${hue + 60}, 45%, 86%)"/>
    <circle cx="${random.whole(90, 550)}" cy="90" r="38" fill="hsl(42, 80%, 78%)"/>
    ${hill(240, 62)}${hill(300, 48)}${hill(360, 34)}
    <g fill="hsl(28, 35%, 28%)"><rect x="250" y="330" width="150" height="60"/>
      <polygon points="230,330 325,265 420,330"/><rect x="262" y="390" width="10" height="50"/>
      <rect x="378" y="390" width="10" height="50"/></g></svg>`
  // Only where the demonstration is loaded, not at every start.
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(picture)).jpeg({ quality: 80 }).toBuffer()
}
