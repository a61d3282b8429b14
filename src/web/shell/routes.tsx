import { type ReactNode, useEffect } from 'react'
import {
  createBrowserRouter,
  Navigate,
  Outlet,
  type RouteObject,
  ScrollRestoration,
  useLocation,
  useNavigation,
} from 'react-router'
import { useLiveChanges } from '../live-changes.ts'
import { useMe } from '../me.ts'
import type { PageDeclaration } from '../pages.ts'
import { wasSignedIn } from '../session-ended.ts'
import { Notices } from '../ui/notices.tsx'
import * as texts from '../web.texts.ts'
import { useLanguage, useWords } from '../words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { opensFor, useMenu } from './menu.ts'
import { declaredPages } from './page-registry.ts'
import { PublicPage } from './public-page.tsx'
import styles from './routes.module.css'
import { SessionEndedDialog } from './session-ended-dialog.tsx'
import { Shell } from './shell.tsx'
import { signInPath } from './sign-out.ts'
import { BrokenPage, MissingPage, NoRightPage, UnreachablePage, WaitingPage } from './state-pages.tsx'

/** Around every page: live changes, notices, the line that says a page is on its way. */
function Root() {
  const { state } = useMe()
  const navigation = useNavigation()
  useLiveChanges(state === 'signed_in')
  return (
    <>
      {navigation.state === 'loading' && <div className={styles.onItsWay} aria-hidden="true" />}
      <Outlet />
      <Notices />
      <LeaveGuard />
      <SessionEndedDialog />
      <ScrollRestoration />
    </>
  )
}

/** After a change of page the reading position starts at its heading, as it does with a new document. */
function useFocusOnArrival() {
  const { pathname, state } = useLocation()
  useEffect(() => {
    // The first page of a visit keeps the browser's own starting point, so that Tab reaches the skip link.
    if (!arrivedOnce.has(document)) {
      arrivedOnce.add(document)
      return
    }
    void pathname
    if ((state as { keepFocus?: boolean } | null)?.keepFocus === true) return
    const heading = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main')
    heading?.focus({ preventScroll: true })
  }, [pathname, state])
}
const arrivedOnce = new WeakSet<Document>()

function Surface({ of, children }: { of: PageDeclaration['surface']; children: ReactNode }) {
  return of === 'public' ? <PublicPage>{children}</PublicPage> : <Shell>{children}</Shell>
}

/** Lets a person in, or says in words why not. The server and the database decide; this only saves a way. */
function Guarded({ page, children }: { page: PageDeclaration; children: ReactNode }) {
  const me = useMe()
  const { language, words } = useLanguage()
  const { pathname, search } = useLocation()
  const title = `${page.title[language]} · ${words(texts).product}`
  useEffect(() => {
    document.title = title
  }, [title])
  useFocusOnArrival()
  if (page.needs === 'anyone') return <Surface of={page.surface}>{children}</Surface>
  if (me.state === 'loading') return <WaitingPage />
  if (me.state === 'unreachable') return <UnreachablePage onAgain={() => void me.refresh()} />
  if (me.state === 'signed_out') {
    const next = new URLSearchParams({ next: pathname + search })
    const to = pathname === '/' ? signInPath : `${signInPath}?${next}`
    return <Navigate to={to} state={{ sessionEnded: wasSignedIn() }} replace />
  }
  return <Surface of={page.surface}>{opensFor(page.needs, me) ? children : <NoRightPage />}</Surface>
}

function route(page: PageDeclaration): RouteObject {
  return {
    path: page.path,
    errorElement: <BrokenPage />,
    lazy: async () => {
      const { Page } = await page.load()
      return {
        element: (
          <Guarded page={page}>
            <Page />
          </Guarded>
        ),
      }
    },
  }
}

/** Where '/' leads while no page declares it: the first page of the menu, or the page to sign in. */
function FirstPage() {
  const { state, refresh } = useMe()
  const [first] = useMenu()
  const w = useWords(texts)
  useEffect(() => {
    document.title = w.product
  }, [w])
  if (state === 'loading') return <WaitingPage />
  if (state === 'unreachable') return <UnreachablePage onAgain={() => void refresh()} />
  if (state === 'signed_out')
    return <Navigate to={signInPath} state={{ sessionEnded: wasSignedIn() }} replace />
  if (first !== undefined && first.href !== '/') return <Navigate to={first.href} replace />
  return (
    <Shell>
      <NoRightPage />
    </Shell>
  )
}

export function makeRouter() {
  const children: RouteObject[] = declaredPages.map(route)
  if (!declaredPages.some(({ path }) => path === '/')) children.push({ path: '/', element: <FirstPage /> })
  children.push({ path: '*', element: <MissingPage /> })
  return createBrowserRouter([
    { element: <Root />, errorElement: <BrokenPage />, hydrateFallbackElement: <WaitingPage />, children },
  ])
}
