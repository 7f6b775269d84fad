import { choose, filterRecord, handOver, messageDesk, openRecord, press, type Scene } from './scene.ts';

export const panelScenes: readonly Scene[] = [
  { name: 'inbox', query: 'board=beds&scene=conflicts', before: press('F7', 'ArrowDown', 'ArrowDown', 'ArrowUp') },
  { name: 'inbox-light-es', query: 'board=beds&scene=conflicts&theme=light&locale=es', before: press('F7', 'ArrowDown') },
  { name: 'inbox-many', query: 'board=beds&scene=conflicts', before: press('F7', 'Control+a', 'l') },
  { name: 'inbox-refused', query: 'board=beds&scene=conflicts', before: press('F7', 'a') },
  { name: 'inbox-waiting', query: 'board=beds&scene=offline', before: press('F7', 'ArrowDown', 'ArrowDown', 'ArrowDown') },
  { name: 'inbox-empty', query: 'board=beds', before: press('F7') },
  { name: 'patient', query: 'board=beds', before: openRecord() },
  {
    name: 'patient-light-es',
    query: 'board=beds&theme=light&locale=es',
    size: [1366, 768],
    before: openRecord(),
  },
  { name: 'patient-moves', query: 'board=beds', before: filterRecord('moves') },
  { name: 'patient-alarms', query: 'board=beds', size: [1366, 768], before: filterRecord('alarms') },
  { name: 'patient-care', query: 'board=beds', before: openRecord('e') },
  { name: 'handover', query: 'board=beds', before: handOver() },
  {
    name: 'handover-speak',
    query: 'board=beds&scene=offline&theme=light&locale=es',
    before: handOver('Control+Enter', ' ', ' ', ' '),
  },
  { name: 'handover-sign', query: 'board=beds', size: [1366, 768], before: handOver('Control+Enter', 'a', 'g', '1', '1') },
  { name: 'handover-sure', query: 'board=beds', before: handOver('Control+Enter', 'g', '1') },
  { name: 'handover-waits', query: 'board=beds&handover' },
  { name: 'handover-waits-triage', query: 'board=triage&handover&theme=light&locale=es', size: [1366, 768] },
  { name: 'handover-take', query: 'board=beds&handover', size: [1366, 768], before: handOver('g') },
  {
    name: 'handover-unconfirmed',
    query: 'board=beds&handover&scene=offline&theme=light&locale=es',
    before: handOver('g', '2', '2', 'p'),
  },
  {
    name: 'handover-past',
    query: 'board=beds&theme=light',
    before: async (page) => {
      await handOver()(page);
      await page.getByText('Past handovers').click();
    },
  },
  { name: 'handover-empty', query: 'board=beds&scene=empty', before: handOver() },
  { name: 'interfaces', query: 'board=beds&interfaces', before: messageDesk('b') },
  { name: 'interfaces-mark', query: 'board=beds&interfaces', before: choose('A7') },
  {
    name: 'interfaces-map-light-es',
    query: 'board=beds&interfaces&theme=light&locale=es',
    size: [1366, 768],
    before: async (page) => {
      await messageDesk('m')(page);
      await page.keyboard.type('r4');
    },
  },
  { name: 'interfaces-all', query: 'board=beds&interfaces', before: messageDesk('ArrowRight', 'ArrowRight', 'PageDown') },
  {
    name: 'interfaces-dead',
    query: 'board=beds&interfaces&theme=light',
    before: messageDesk('ArrowRight', 'ArrowRight', 'ArrowRight', '2'),
  },
  {
    name: 'interfaces-outgoing-es',
    query: 'board=beds&interfaces&locale=es',
    size: [1366, 768],
    before: messageDesk('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'),
  },
  {
    name: 'interfaces-refused-light',
    query: 'board=beds&interfaces&theme=light',
    before: messageDesk('ArrowRight', 'ArrowDown', 'ArrowDown'),
  },
  { name: 'interfaces-places', query: 'board=beds&interfaces&theme=light', before: messageDesk('ArrowLeft') },
  {
    name: 'interfaces-disagree',
    query: 'board=beds&interfaces',
    before: messageDesk('ArrowLeft', 'ArrowLeft', 'ArrowDown', '1'),
  },
  {
    name: 'interfaces-identity-es',
    query: 'board=beds&interfaces&locale=es&theme=light',
    before: messageDesk('ArrowLeft', 'ArrowLeft', 'ArrowDown', 'ArrowDown', '3'),
  },
  { name: 'interfaces-offline', query: 'board=beds&interfaces&scene=offline', before: messageDesk() },
  { name: 'interfaces-onlooker', query: 'board=beds&interfaces&scene=onlooker', before: messageDesk() },
  { name: 'interfaces-empty', query: 'board=beds', before: messageDesk('ArrowLeft', 'ArrowLeft') },
  { name: 'messages', query: 'board=beds', before: press('F12') },
  {
    name: 'messages-offline',
    query: 'board=triage&scene=offline&theme=light&locale=es',
    before: async (page) => {
      await press('F12', 'n')(page);
      await page.keyboard.type('m2');
      await press('Enter')(page);
      await page.keyboard.type('jefa');
      await press('Enter', 'Enter')(page);
      await page.keyboard.type('Ambulance bay B is blocked, use the north entrance.');
      await press('Alt+u', 'Control+Enter')(page);
    },
  },
  {
    name: 'messages-write',
    query: 'board=beds',
    size: [1366, 768],
    before: async (page) => {
      await press('F12', 'n')(page);
      await page.keyboard.type('m');
      await press('Enter')(page);
    },
  },
];
