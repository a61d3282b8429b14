// The limit that the product is measured against: the same work by a bare Fastify and pg on plain tables, without
// sessions, rights, audit, counting, snapshots or checks of what is sent. Started by run.ts.
import { Socket } from 'node:net'
import fastify from 'fastify'
import pg from 'pg'
import { aggregatesOfOverview } from './plain-queries.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 })
const server = fastify({ logger: false, forceCloseConnections: true })

type NewMember = { fullName: string; role: string; phone: string; joinedOn: string; note: string }

server.post<{ Params: { id: string }; Body: NewMember }>('/teams/:id/members', async (request, reply) => {
  const { fullName, role, phone, joinedOn, note } = request.body
  const { rows } = await pool.query<{ id: string }>(
    `insert into member (team_id, unit_id, kind, level, full_name, role, phone, joined_on, note)
     select id, unit_id, kind, level, $2, $3, $4, $5, $6 from team where id = $1 returning id`,
    [request.params.id, fullName, role, phone, joinedOn, note],
  )
  return reply.code(201).send({ id: rows[0]?.id })
})

server.get<{ Params: { id: string } }>('/teams/:id', async (request) => {
  const { id } = request.params
  const read = async (text: string) => (await pool.query<object>(text, [id])).rows
  const [team] = await read(
    'select t.*, u.name as unit_name from team t join unit u on u.id = t.unit_id where t.id = $1',
  )
  return {
    team,
    members: await read('select * from member where team_id = $1 order by role, full_name'),
    channels: await read('select * from channel where team_id = $1 order by opened_on desc'),
    activities: await read('select * from activity where team_id = $1 order by held_on desc limit 20'),
  }
})

server.get<{ Querystring: { unitId: string; asOf: string } }>('/overview', async (request) => {
  const { unitId, asOf } = request.query
  const answer: Record<string, object[]> = {}
  for (const [name, text] of Object.entries(aggregatesOfOverview))
    answer[name] = (await pool.query<object>(text, [unitId, asOf])).rows
  return answer
})

const launcher = new Socket({ fd: 3, readable: true, writable: false })
launcher.on('error', () => {})
launcher.on('close', () => process.exit())
launcher.resume()
process.on('SIGTERM', () => process.exit())

process.stdout.write(`is running at ${await server.listen({ port: 0, host: '127.0.0.1' })}\n`)
