import { useState } from 'react';
import type { Task } from '#domain/model/task.ts';
import type { Id } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useGesture, useUndoable } from '../../../ui/gesture.ts';
import { clockText } from '../../../ui/time.ts';
import { p } from './strings.ts';

/** What is still to be done for a patient, oldest first, and a line for more. */
export const Tasks = ({
  tasks,
  encounterId,
  name,
  timeZone,
}: {
  readonly tasks: readonly Task[];
  /** Null when the patient has left: nothing more is asked for then. */
  readonly encounterId: Id | null;
  readonly name: string;
  readonly timeZone: string | null;
}) => {
  const gesture = useGesture();
  const undoable = useUndoable(p('undone'));
  const [text, setText] = useState('');
  const end = (task: Task, outcome: 'done' | 'cancelled'): void =>
    void undoable('endTask', { taskId: task.id, outcome }, p(`didEnd_${outcome}`, { text: task.text }));
  const add = (): void => {
    if (encounterId === null || text.trim() === '') return;
    void gesture('addTask', { encounterId, text: text.trim(), owner: null, dueAt: null }, { text: p('didTask', { name }) }).then(
      (answer) => answer.status === 'saved' && setText(''),
    );
  };
  return (
    <>
      <div className="panel__head">
        <h3>{p('tasks')}</h3>
        <span className="meta">{tasks.length}</span>
      </div>
      {tasks.length === 0 ? <p className="t2 record__said">{p('noTasks')}</p> : null}
      <ul>
        {tasks
          .toSorted(
            (a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) || a.createdAt - b.createdAt,
          )
          .map((task) => (
            <li key={task.id} className="record__task">
              <span>
                {task.text}{' '}
                <span className="meta">
                  {[
                    task.owner,
                    task.dueAt === null ? null : p('taskDue', { time: clockText(task.dueAt, timeZone) }),
                    task.by.name,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </span>
              <Button touch onPress={() => end(task, 'done')}>
                {p('done')}
              </Button>
              <Button touch onPress={() => end(task, 'cancelled')}>
                {p('drop')}
              </Button>
            </li>
          ))}
      </ul>
      {encounterId === null ? null : (
        <form
          className="record__task"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Field label={p('taskText')} text={text} onChange={setText} />
          <Button touch disabled={text.trim() === ''} onPress={add}>
            {p('addTask')}
          </Button>
        </form>
      )}
    </>
  );
};
