/** A text with the parts in bold that the typed words meant. `marks` as [from, to) in UTF-16 units. */
export const MarkedText = ({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}) => {
  const cuts = [0, ...marks.flat(), text.length];
  return (
    <>
      {cuts.slice(1).map((end, index) => {
        const part = text.slice(cuts[index], end);
        const key = `${cuts[index]}-${end}`;
        return part === '' ? null : index % 2 === 1 ? <b key={key}>{part}</b> : <span key={key}>{part}</span>;
      })}
    </>
  );
};
