import type { ComponentType } from 'react'
import type { Bilingual } from './words.ts'

/** Headings of the menu, in the order shown. 'follow' comes first and has no heading of its own. */
export type MenuSection = 'follow' | 'records' | 'administration'

export type IconName =
  | 'overview'
  | 'target'
  | 'figure'
  | 'people'
  | 'person'
  | 'place'
  | 'list'
  | 'import'
  | 'calendar'
  | 'key'
  | 'jobs'
  | 'history'
  | 'settings'
  | 'book'

export interface MenuEntry {
  section: MenuSection
  /** Lower comes first within its section. */
  order: number
  /** Place in the bar of the phone, lower first; without one the entry comes after those that have. */
  onPhone?: number
  icon: IconName
  /** Shown instead of the page's title where that is too long for a menu. */
  label?: Bilingual
  /** A narrower condition than the page's own. */
  needs?: string
}

/** One page of a module or platform part, found by the shell through `pages/index.tsx`. */
export interface PageDeclaration {
  /** Starts with '/', may hold parameters: '/teams/:teamId'. */
  path: string
  title: Bilingual
  menu?: MenuEntry
  /** 'anyone', 'signed_in' (the default) or a capability the person must hold somewhere. */
  needs?: string
  /** 'desk' (the default) has the menu; 'public' is one calm column without it. The shell adds either. */
  surface?: 'desk' | 'public'
  /** Loads the file that exports the component as `Page`. */
  load: () => Promise<{ Page: ComponentType }>
}

/** What a `pages/index.tsx` exports. */
export interface PagesOfPart {
  pages: readonly PageDeclaration[]
}
