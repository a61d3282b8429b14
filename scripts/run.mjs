// Runs a task of the project on the runtime it pins. Plain JavaScript without dependencies: it must work on any Node from 16 on, before
// anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runtimeOptions, serverEnvironment, serverOptions } from './runtime-options.mjs'

const project = path.resolve(fileURLToPath(new URL('..', import.meta.url)))
const tasks = {
  start: 'src/main.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  bench: 'bench/run.ts',
  backup: 'scripts/backup.ts',
  restore: 'scripts/restore.ts',
  recount: 'scripts/recount.ts',
  build: 'src/platform/web-build/build-web.ts',
  stop: 'scripts/stop.ts',
  'new-module': 'scripts/new-module.ts',
  soak: 'scripts/soak.ts',
  'units:import': 'scripts/units-import.ts',
}
const forDevelopers = new Set(['test', 'soak', 'bench', 'check', 'new-module'])

function say(vi, en) {
  process.stderr.write(`${vi}\n  ${en}\n`)
}

function readJson(...names) {
  try {
    return JSON.parse(readFileSync(path.join(project, ...names), 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether node_modules holds what package-lock.json asks for, by the list npm itself keeps of what it installed. */
function isInstalled(withDeveloperPackages) {
  const wanted = readJson('package-lock.json')
  const found = readJson('node_modules', '.package-lock.json')
  if (!wanted?.packages || !found?.packages) return false
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (place === '') return true
    if (!place.startsWith('node_modules/')) return true
    const have = found.packages[place]
    if (!have)
      return entry.optional || entry.devOptional || entry.peer || (entry.dev && !withDeveloperPackages)
    return have.version === entry.version && have.integrity === entry.integrity
  })
}

function install() {
  say(
    'Đang cài các thư viện cần thiết (lần đầu có thể mất vài phút)…',
    'Installing the packages needed (the first time may take some minutes)…',
  )
  const began = Date.now()
  const npm = process.env.npm_execpath
  const args = [
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const byNode = npm && /npm-cli\.c?js$/.test(npm) && existsSync(npm)
  const runNpm = (...how) =>
    byNode
      ? spawnSync(process.execPath, [npm, ...how, ...args], { cwd: project, stdio: 'inherit' })
      : spawnSync('npm', [...how, ...args], { cwd: project, stdio: 'inherit' })
  const beat = process.stderr.isTTY
    ? undefined
    : spawn(process.execPath, ['-e', beatProgram, String(process.pid)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
  let done = runNpm('ci')
  // `npm ci` refuses a lock file that lacks packages of other platforms, which a registry mirror may not carry; install does not.
  if (done.status !== 0 && !done.signal) done = runNpm('install', '--no-save')
  if (beat) beat.kill()
  if (done.status === 0) {
    const seconds = Math.round((Date.now() - began) / 1000)
    say(`Đã cài xong thư viện sau ${seconds} giây.`, `Packages installed in ${seconds} s.`)
    return
  }
  if (done.signal) process.exit(130)
  say(
    `Không cài được thư viện vào ${path.join(project, 'node_modules')}. Hãy xem lỗi của npm ở trên: mạng, dung lượng đĩa, hoặc thư mục do người dùng khác cài (khi đó hãy chạy "npm ci" bằng người dùng đó).`,
    'Could not install the packages. See npm\'s message above: the network, disk space, or a folder installed by another user (then run "npm ci" as that user).',
  )
  process.exit(1)
}

const beatProgram = `
  const parent = Number(process.argv[1]); let seconds = 0
  setInterval(() => {
    seconds += 10
    try { process.kill(parent, 0) } catch { process.exit() }
    process.stderr.write('  … ' + seconds + ' s\\n')
  }, 10000)`

function findRuntime() {
  const pinned = path.join(project, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version'], { stdio: 'ignore' }).status === 0) return pinned
  if (process.versions.node.split('.')[0] === '24') return process.execPath
  say(
    `Bản Làng Số cần Node 24. Máy này (${process.platform}-${process.arch}) đang có Node ${process.versions.node} và không dùng được bản kèm theo. Hãy cài Node 24 từ https://nodejs.org rồi chạy lại.`,
    `Node 24 is needed; this machine (${process.platform}-${process.arch}) has ${process.versions.node} and the bundled one does not run. Install Node 24 and try again.`,
  )
  process.exit(1)
}

function processLine(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(fields[1]), life: fields[19], gone: fields[0] === 'Z' }
  } catch {
    return undefined
  }
}

/** npm and the shell between npm and us, when npm started this: when one of them is killed, nobody is left to stop the task. */
function launchers() {
  const chain = []
  if (!process.env.npm_lifecycle_event) return chain
  for (let pid = process.ppid; pid > 1 && chain.length < 4; ) {
    const line = processLine(pid)
    if (!line) break
    chain.push(line)
    let command = ''
    try {
      command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ')
    } catch {
      break
    }
    if (/^npm\b|npm-cli/.test(command)) return chain
    pid = line.parent
  }
  return []
}

function run(runtime, file, args) {
  const chain = launchers()
  // Descriptor 3 carries nothing: the task sees it close when this process dies, however it dies.
  const isServer = file === tasks.start
  const options = isServer ? serverOptions : runtimeOptions
  const child = spawn(runtime, [...options, path.join(project, file), ...args], {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: {
      ...(isServer ? serverEnvironment : {}),
      ...process.env,
      PATH: `${path.dirname(runtime)}${path.delimiter}${process.env.PATH || ''}`,
      BANLANG_LAUNCHED: 'yes',
    },
  })
  child.stdio[3].on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const watch = setInterval(() => {
    const orphaned = chain.some(({ pid, life }) => {
      const now = processLine(pid)
      return !now || now.gone || now.life !== life
    })
    if (orphaned) {
      clearInterval(watch)
      child.stdio[3].destroy()
    }
  }, 500)
  child.on('error', (error) => {
    say(`Không chạy được ${runtime}: ${error.message}`, `Cannot run ${runtime}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    clearInterval(watch)
    process.exit(signal ? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] || 0) : code)
  })
}

const [task, ...args] = process.argv.slice(2)
if (!Object.hasOwn(tasks, task || '')) {
  say(
    `Không có việc tên "${task || ''}". Có: ${Object.keys(tasks).join(', ')}.`,
    `No such task. There are: ${Object.keys(tasks).join(', ')}.`,
  )
  process.exit(2)
}
if (!isInstalled(forDevelopers.has(task))) install()
run(findRuntime(), tasks[task], args)
