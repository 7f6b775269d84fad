import { recordKinds } from '#domain/model/record.ts';
import { useWindow } from '../state/hooks.ts';

/** Stands in for a board that is not built in: how many rows of each kind this window holds. */
export const Placeholder = () => {
  const records = useWindow((state) => state.records);
  if (!records) return <p>–</p>;
  return (
    <ul>
      {recordKinds.map((kind) => (
        <li key={kind} data-kind={kind} data-count={records[kind].size}>
          {kind}: {records[kind].size}
        </li>
      ))}
    </ul>
  );
};
