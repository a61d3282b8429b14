import { Agent, request } from 'node:http'

/** What the load is put on: the server, who writes and who watches, a district with its day, and its village teams. */
export type LiveField = {
  address: string
  /** The database, in which another process of the product than the one that is watched adds members. */
  ownerUrl: string
  /** Cookie of somebody who may see the totals of the district. */
  watcher: string
  district: string
  asOf: string
  teams: readonly string[]
}

export type Figure = {
  measure: string
  unitId: string
  asOf: string
  from: string | null
  numerator: string | null
  denominator: string | null
}
/** The number that the writes of this load change. */
const counted = 'teams.village_team_members'
const agent = new Agent({ keepAlive: true, maxSockets: 128 })

/** One request on a connection that is kept. */
export function send(
  address: string,
  cookie: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      cookie,
      ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const asked = request(`${address}${path}`, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(text)
  })
}

/** Reads a path as somebody; throws where that is refused. */
export async function read<T>(address: string, cookie: string, path: string): Promise<T> {
  const { status, text } = await send(address, cookie, 'GET', path)
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as T
}

/** Every measure of a unit, as the page of its figures asks. */
export async function figuresOf({ address, watcher, asOf }: LiveField, unitId: string): Promise<Figure[]> {
  const path = `/api/measures/figures?unitId=${unitId}&asOf=${asOf}`
  const { figures } = await read<{ figures: { figure: Figure }[] }>(address, watcher, path)
  return figures.map(({ figure }) => figure)
}

/** A page that watches: what it shows now, and when the counted number reached each of its values. */
export type Page = {
  figures: Figure[]
  shown: (string | null)[]
  countedAt: number
  reached: { value: number; atMs: number }[]
  messages: number
  close(): void
}

/** Opens the line of a page that shows these figures. */
export function watch({ address, watcher }: LiveField, figures: Figure[]): Promise<Page> {
  const asks = figures.map(({ measure, unitId, asOf, from }) => ({ measure, unitId, asOf, from }))
  const body = JSON.stringify({ figures: asks })
  const page: Page = {
    figures,
    shown: figures.map(() => null),
    countedAt: figures.findIndex(({ measure }) => measure === counted),
    reached: [],
    messages: 0,
    close: () => {},
  }
  return new Promise((resolve, reject) => {
    const headers = {
      cookie: watcher,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const asked = request(`${address}/api/changes`, { method: 'POST', agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`/api/changes: ${answer.statusCode}`))
      page.close = () => asked.destroy()
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        const blocks = (text + chunk).split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) if (block.startsWith('event: figures\n')) hear(page, block)
      })
      answer.on('error', () => {})
      resolve(page)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function hear(page: Page, block: string): void {
  const atMs = performance.now()
  const { figures } = JSON.parse(block.slice(block.indexOf('data: ') + 6)) as {
    figures: { at: number; figure: Figure }[]
  }
  page.messages += 1
  for (const { at, figure } of figures) {
    page.shown[at] = valueText(figure)
    if (at === page.countedAt) page.reached.push({ value: Number(figure.numerator), atMs })
  }
}

/** What a figure comes to, whole. */
export const valueText = ({ numerator, denominator }: Figure) => `${numerator}/${denominator}`
