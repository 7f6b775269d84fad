import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** How long an acknowledgement holds before the alarm sounds again (site choice 5, 15, 30, 45 minutes or never). */
export const acknowledgementHolds = minutes(15);

/**
 * A person takes an alarm: Vigil's own annunciation of it ends. It never silences or changes the device at the bedside.
 *
 *   unacknowledged ──► acknowledged (until it expires)       returnedUnacknowledged ──► normal
 */
export const acknowledgeAlarm = defineCommand({
  name: 'acknowledgeAlarm',
  input: z.strictObject({ alarmId: idSchema }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { alarmId }, { issuedAt, author }) => {
    const alarm = view.get('alarm', alarmId);
    if (!alarm) return refuse('notFound', 'unknownAlarm');
    // Nobody can have taken what had not yet begun.
    if (alarm.onsetAt > issuedAt) return refuse('conflict', 'alarmCameAgain', { alarm: alarm.label });
    switch (alarm.state) {
      case 'acknowledged':
        return refuse('alreadyDone', 'alarmAcknowledged', {
          alarm: alarm.label,
          name: alarm.acknowledgedBy?.name ?? wordOf('somebody'),
        });
      case 'normal':
        return refuse('alreadyDone', 'alarmOver', { alarm: alarm.label });
      case 'shelved':
        return refuse('conflict', 'alarmShelved', { alarm: alarm.label });
      case 'unacknowledged':
        return [
          {
            ...alarm,
            state: 'acknowledged',
            acknowledgedBy: author,
            acknowledgedAt: issuedAt,
            acknowledgementExpiresAt: issuedAt + acknowledgementHolds,
          },
        ];
      case 'returnedUnacknowledged':
        return [{ ...alarm, state: 'normal', acknowledgedBy: author, acknowledgedAt: issuedAt, acknowledgementExpiresAt: null }];
    }
  },
});
