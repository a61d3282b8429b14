import { useNavigate } from 'react-router'
import { api } from '../../../web/api.ts'
import { instantText, numberText } from '../../../web/formats.ts'
import { useMe } from '../../../web/me.ts'
import { useRead } from '../../../web/read.ts'
import { rememberSignedIn } from '../../../web/session-ended.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Loaded } from '../../../web/ui/loaded.tsx'
import { notify } from '../../../web/ui/notices.tsx'
import { forgetUnsaved } from '../../../web/unsaved.ts'
import { useWords } from '../../../web/words.ts'
import { Devices, type DevicesAnswer, Ended } from '../contract.ts'
import * as texts from '../texts.ts'
import { deviceName } from './device-name.ts'
import styles from './session-pages.module.css'

type Device = DevicesAnswer['devices'][number]

/** Where the account is signed in, with the way to end one or all. */
export function DevicesSection() {
  const w = useWords(texts)
  const navigate = useNavigate()
  const { refresh } = useMe()
  const read = useRead('session', '/api/session/devices', Devices)
  const nameOf = ({ device }: Device) => {
    const known = deviceName(device)
    return known ? w.on(known.browser, known.system) : device || w.unknownDevice
  }
  const end = async (device: Device) => {
    await api.send('DELETE', `/api/session/devices/${device.id}`, Ended)
    await read.refetch()
    notify({ text: w.deviceEnded(nameOf(device)) })
  }
  const endAll = async () => {
    await api.send('POST', '/api/session/sign-out-everywhere', Ended)
    forgetUnsaved()
    rememberSignedIn(false)
    await navigate('/sign-in')
    await refresh()
  }
  const columns: Column<Device>[] = [
    {
      id: 'device',
      title: w.device,
      naming: true,
      value: nameOf,
      cell: (device) => (device.isThisOne ? `${nameOf(device)} · ${w.thisDevice}` : nameOf(device)),
    },
    { id: 'address', title: w.address, value: (device) => device.address },
    {
      id: 'since',
      title: w.since,
      value: (device) => device.startedAt,
      cell: (device) => instantText(device.startedAt),
    },
    {
      id: 'seen',
      title: w.lastSeen,
      value: (device) => device.lastSeenAt,
      cell: (device) => instantText(device.lastSeenAt),
    },
  ]
  return (
    <section className={styles.section}>
      <h2>{w.devices}</h2>
      <p>{w.devicesLead}</p>
      <Loaded read={read}>
        {({ devices }) => (
          <>
            <DataTable
              caption={w.devices}
              columns={columns}
              rows={devices}
              rowKey={(device) => device.id}
              actions={(device) =>
                device.isThisOne ? null : (
                  <ConfirmButton
                    question={w.endDeviceQuestion(nameOf(device))}
                    confirm={w.endDevice}
                    onConfirm={() => end(device)}
                  >
                    {w.endDevice}
                  </ConfirmButton>
                )
              }
            />
            <div>
              <ConfirmButton
                question={w.signOutEverywhereQuestion(numberText(devices.length))}
                consequence={w.signOutEverywhereConsequence}
                confirm={w.signOutEverywhere}
                onConfirm={endAll}
              >
                {w.signOutEverywhere}
              </ConfirmButton>
            </div>
          </>
        )}
      </Loaded>
    </section>
  )
}
