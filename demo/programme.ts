import { fictionalNote } from './fictional.ts'
import type { DemoField, DemoPlan, DemoProgramme, DemoTarget } from './programme-types.ts'
import { communeTargets } from './targets-commune.ts'
import { districtTargets } from './targets-district.ts'
import { vanChanCode } from './units.ts'

export type {
  DemoField,
  DemoFieldKey,
  DemoMeasure,
  DemoPathPoint,
  DemoPlan,
  DemoProgramme,
  DemoTarget,
} from './programme-types.ts'

export const demoProgramme: DemoProgramme = {
  key: 'van-chan-2021-2025',
  fictional: true,
  unitCode: vanChanCode,
  name: 'Chương trình hành động chuyển đổi số huyện Văn Chấn giai đoạn 2021 - 2025, định hướng đến năm 2030',
  startsOn: '2021-01-01',
  endsOn: '2025-12-31',
  orientationToYear: 2030,
  legalBasis: 'Chương trình hành động của huyện (≈ số và ngày văn bản chưa đối chiếu)',
  note: fictionalNote.vi,
}

export const demoPlan: DemoPlan = {
  key: 'van-chan-2022',
  programmeKey: demoProgramme.key,
  fictional: true,
  unitCode: vanChanCode,
  name: 'Kế hoạch chuyển đổi số huyện Văn Chấn năm 2022',
  year: 2022,
  startsOn: '2022-01-01',
  endsOn: '2022-12-31',
  legalBasis:
    'Kế hoạch năm 2022 của huyện, thực hiện Kế hoạch 120/KH-UBND ngày 01/6/2022 của tỉnh Yên Bái (≈)',
}

/** The six fields on which the district's plan for 2022 concentrated. */
export const demoFields: readonly DemoField[] = [
  { key: 'agriculture', order: 1, name: { vi: 'Nông nghiệp', en: 'Agriculture' } },
  { key: 'education', order: 2, name: { vi: 'Giáo dục và đào tạo', en: 'Education and training' } },
  { key: 'health', order: 3, name: { vi: 'Y tế', en: 'Health' } },
  { key: 'tourism', order: 4, name: { vi: 'Du lịch', en: 'Tourism' } },
  { key: 'e_commerce', order: 5, name: { vi: 'Thương mại điện tử', en: 'E-commerce' } },
  {
    key: 'advanced',
    order: 6,
    name: {
      vi: 'Chuyển đổi số nâng cao, thí điểm tại 8 xã, thị trấn',
      en: 'Advanced and pilot work in 8 communes',
    },
  },
]

/** Every target of the plan for 2022: the district's, then those of its communes. */
export function demoTargets(): DemoTarget[] {
  return [...districtTargets(demoPlan.key), ...communeTargets(demoPlan.key)]
}
