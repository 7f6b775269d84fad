/**
 * A day of a department of 400 beds through ADT alone, at sixty times the speed of the clock (24 minutes), or with VIGIL_ADT_SPEED=0
 * as fast as the hospital answers. The census is held against the register of the administration at every hour. Prints one JSON
 * line; exit code 1 when anything differs.
 */
import { readFileSync } from 'node:fs';
import { withScene } from '#test/faults/scene.ts';
import { type DayFigures, playDay } from '#test/system/adt-day.ts';

const speed = Number(process.env.VIGIL_ADT_SPEED ?? 60);
const hours = Number(process.env.VIGIL_ADT_HOURS ?? 24);
const seed = Number(process.env.VIGIL_ADT_SEED ?? 1);

let figures: DayFigures | undefined;
let megabytes = 0;
const startedAt = performance.now();
const findings = await withScene(seed, async (scene) => {
  figures = await playDay(scene, {
    beds: 400,
    startHour: 6,
    hours,
    everyMinutes: 60,
    speed: speed === 0 ? null : speed,
    lateShare: 0.03,
    repeatShare: 0.03,
    lines: 2,
    say: (line) => console.error(line),
    watch: (pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      megabytes = Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    },
  });
});
const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(JSON.stringify({ soak: 'adt-day', seed, hours, speed, seconds, backendMegabytes: megabytes, ...figures, findings }));
process.exit(findings.length === 0 ? 0 : 1);
