import { useMemo } from 'react'
import { type MeAnswer, useMe } from '../me.ts'
import type { IconName, MenuSection, PageDeclaration } from '../pages.ts'
import type { Bilingual } from '../words.ts'
import { declaredPages } from './page-registry.ts'

export interface MenuItem {
  href: string
  label: Bilingual
  icon: IconName
  section: MenuSection
  onPhone: number
  /** Current on its own address only, because another item of the menu lies below it. */
  only: boolean
}

const sections: readonly MenuSection[] = ['follow', 'records', 'administration']

/** Whether a person may open what needs `needs`. */
export function opensFor(needs: string | undefined, { state, may }: MeAnswer): boolean {
  if (needs === 'anyone') return true
  if (state !== 'signed_in') return false
  return needs === undefined || needs === 'signed_in' || may(needs)
}

function item(
  page: PageDeclaration,
): (Omit<MenuItem, 'only'> & { order: number; needs: string | undefined }) | undefined {
  if (page.menu === undefined) return undefined
  const { section, order, icon, label = page.title, onPhone = 100 } = page.menu
  return { href: page.path, label, icon, section, order, onPhone, needs: page.menu.needs ?? page.needs }
}

/** The pages of the menu that the person may open, in the order shown. */
export function useMenu(): readonly MenuItem[] {
  const me = useMe()
  return useMemo(
    () =>
      declaredPages
        .flatMap((page) => item(page) ?? [])
        .filter(({ needs }) => opensFor(needs, me))
        .map((one, _, all) => ({
          ...one,
          only: all.some(({ href }) => href !== one.href && href.startsWith(one.href)),
        }))
        .toSorted((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section) || a.order - b.order),
    [me],
  )
}

/** The items section by section; empty sections are left out. */
export function bySection(items: readonly MenuItem[]): { section: MenuSection; items: MenuItem[] }[] {
  return sections
    .map((section) => ({ section, items: items.filter((one) => one.section === section) }))
    .filter((group) => group.items.length > 0)
}
