/** Where a label may begin, in ems from the middle of its symbol: just outside its image. */
export const symbolGaps = {
  bare: 1.7,
  ringed: 2.15,
  selected: 2.6,
  group: 1.85,
  hospital: 1.75,
  base: 1.4,
  pin: 2.25,
  selectedPin: 2.85,
  emergency: 2.9,
} as const;
