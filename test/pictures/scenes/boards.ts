import { press, type Scene } from './scene.ts';

export const boardScenes: readonly Scene[] = [
  { name: 'health', query: 'board=health', size: [1440, 900] },
  { name: 'health-light-es', query: 'board=health&theme=light&locale=es', size: [1440, 900] },
  { name: 'health-offline', query: 'board=health&scene=offline', size: [1440, 900] },
  { name: 'health-trouble', query: 'board=health&scene=trouble' },
  { name: 'health-first', query: 'board=health&scene=first', size: [1366, 768] },
  { name: 'health-unknown', query: 'board=health&scene=unknown', size: [1440, 900] },
  { name: 'health-bundle', query: 'board=health', size: [1440, 900], before: press('b') },
  { name: 'triage', query: 'board=triage', before: press('i') },
  { name: 'triage-light-es', query: 'board=triage&theme=light&locale=es', before: press('i', 'h') },
  { name: 'triage-offline', query: 'board=triage&scene=offline', before: press('i', 'i') },
  { name: 'triage-prealert', query: 'board=triage', before: press('i', 'p') },
  { name: 'triage-register', query: 'board=triage', before: press('i', 'g'), size: [1366, 768] },
  { name: 'alarms', query: 'board=alarms', before: async (page) => page.keyboard.press('ArrowDown') },
  { name: 'alarms-light', query: 'board=alarms&theme=light' },
  { name: 'alarms-offline', query: 'board=alarms&scene=offline' },
  { name: 'alarms-empty', query: 'board=alarms&scene=empty' },
  { name: 'alarms-1366', query: 'board=alarms', size: [1366, 768] },
];
