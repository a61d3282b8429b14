import { Drawer, Menu, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Link, NavLink } from 'react-router'
import { useCurrentUnit } from '../current-unit.ts'
import { useMe } from '../me.ts'
import { Icon } from '../ui/icon.tsx'
import * as shellTexts from '../web.texts.ts'
import { useLanguage, useWords } from '../words.ts'
import { bySection, type MenuItem, useMenu } from './menu.ts'
import styles from './shell.module.css'
import { ConnectionLine, DemoLine, LanguageButton, ProductName, SkipLink } from './shell-parts.tsx'
import { useSignOut } from './sign-out.ts'

/** The desk: product and unit above, menu at the side or, on a phone, at the thumb. */
export function Shell({ children }: { children: ReactNode }) {
  const w = useWords(shellTexts)
  const items = useMenu()
  return (
    <div className={styles.root}>
      <SkipLink />
      <DemoLine />
      <header className={styles.header} data-not-printed>
        <div className={styles.left}>
          <ProductName />
          <UnitName />
        </div>
        <div className={styles.right}>
          <ConnectionLine />
          <LanguageButton />
          <AccountMenu />
        </div>
      </header>
      <div className={styles.middle}>
        {items.length > 0 && (
          <nav className={styles.side} aria-label={w.mainMenu} data-not-printed>
            <Sections items={items} />
          </nav>
        )}
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      {items.length > 0 && <PhoneBar items={items} />}
    </div>
  )
}

function ItemLink({ item, onGo }: { item: MenuItem; onGo?: (() => void) | undefined }) {
  const { language } = useLanguage()
  return (
    <NavLink to={item.href} end={item.only} className={styles.link} onClick={onGo}>
      <Icon name={item.icon} />
      <span>{item.label[language]}</span>
    </NavLink>
  )
}

function Sections({ items, onGo }: { items: readonly MenuItem[]; onGo?: () => void }) {
  const w = useWords(shellTexts)
  return bySection(items).map((group) => (
    <div key={group.section} className={styles.section}>
      <h2 className={group.section === 'follow' ? 'only-heard' : styles.sectionName}>
        {w.sections[group.section]}
      </h2>
      <ul>
        {group.items.map((item) => (
          <li key={item.href}>
            <ItemLink item={item} onGo={onGo} />
          </li>
        ))}
      </ul>
    </div>
  ))
}

/** What a thumb reaches first. */
const barOf = (items: readonly MenuItem[], most: number) =>
  items.toSorted((a, b) => a.onPhone - b.onPhone).slice(0, most)

function PhoneBar({ items }: { items: readonly MenuItem[] }) {
  const w = useWords(shellTexts)
  const [opened, setOpened] = useState(false)
  const most = items.length > 4 ? 3 : 4
  return (
    <>
      <nav className={styles.bar} aria-label={w.mainMenu} data-not-printed>
        {barOf(items, most).map((item) => (
          <ItemLink key={item.href} item={item} />
        ))}
        {items.length > most && (
          <button
            type="button"
            className={styles.link}
            aria-haspopup="dialog"
            onClick={() => setOpened(true)}
          >
            <Icon name="list" />
            <span>{w.more}</span>
          </button>
        )}
      </nav>
      <Drawer.Root
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="auto"
        classNames={{ content: styles.drawer }}
        transitionProps={{ duration: 140 }}
      >
        <Drawer.Overlay backgroundOpacity={0.35} />
        <Drawer.Content>
          <div className={styles.drawerHead}>
            <Drawer.Title className={styles.drawerTitle}>{w.mainMenu}</Drawer.Title>
            <Drawer.CloseButton size="xl" aria-label={w.close} />
          </div>
          <nav aria-label={w.more}>
            <Sections items={items} onGo={() => setOpened(false)} />
          </nav>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}

function UnitName() {
  const w = useWords(shellTexts)
  const { unit, units, choose } = useCurrentUnit()
  if (unit === null) return null
  if (units.length === 1) return <span className={styles.unit}>{unit.name}</span>
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={styles.unit} aria-label={`${w.chooseUnit}: ${unit.name}`}>
          {unit.name} <span aria-hidden="true">▾</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {units.map((one) => (
          <Menu.Item key={one.id} onClick={() => choose(one.id)} className={styles.menuItem}>
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function AccountMenu() {
  const w = useWords(shellTexts)
  const { me } = useMe()
  const signOut = useSignOut()
  if (me === null) return null
  const { displayName, loginName } = me.account
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={styles.account} aria-label={w.account(displayName)}>
          <Icon name="person" />
          <span className={styles.accountName}>{displayName}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {displayName} · {loginName}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" className={styles.menuItem}>
          {w.ownAccount}
        </Menu.Item>
        <Menu.Item className={styles.menuItem} onClick={() => void signOut()}>
          {w.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
