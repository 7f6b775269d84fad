import type { Scene } from './scene.ts';

export const wallScenes: readonly Scene[] = [
  { name: 'wall-surge', query: 'board=wall&as=display&inches=86&scene=surge' },
  { name: 'wall-surge-light-es', query: 'board=wall&as=display&inches=86&scene=surge&theme=light&locale=es' },
  { name: 'wall-free', query: 'board=wall&as=display&inches=86&free=1&beds=12' },
  { name: 'wall-free-flowed', query: 'board=wall&as=display&inches=86&free=1' },
  { name: 'wall-20-light-4k', query: 'board=wall&as=display&inches=86&beds=20&theme=light', size: [3840, 2160] },
  { name: 'wall-120-light-4k', query: 'board=wall&as=display&inches=86&beds=120&theme=light', size: [3840, 2160] },
  { name: 'wall-55', query: 'board=wall&inches=55' },
  { name: 'wall-55-assumed-es', query: 'board=wall&locale=es' },
  { name: 'wall-20-light-es', query: 'board=wall&inches=86&beds=20&theme=light&locale=es' },
  { name: 'wall-4k', query: 'board=wall&as=display&inches=98', size: [3840, 2160] },
  { name: 'wall-stale', query: 'board=wall&as=display&inches=86&scene=stale' },
  { name: 'wall-offline', query: 'board=wall&as=display&inches=86&scene=offline' },
  { name: 'wall-offline-light', query: 'board=wall&as=display&inches=86&scene=offline&theme=light' },
  { name: 'wall-loading', query: 'board=wall&as=display&inches=86&scene=loading' },
  { name: 'wall-reloading', query: 'board=wall&as=display&inches=86&scene=resync' },
  { name: 'wall-empty', query: 'board=wall&as=display&inches=86&scene=empty' },
];
