import type { ReactNode } from 'react';
import { LearnMore } from '../../components/learn-more';
import { fieldPlace } from './evidence-places';

interface Props {
  readonly name: string;
  readonly value: string;
}

/** A field of an event as it was written; a code or a logon type leads to what it means. */
export function ExplainedValue({ name, value }: Props): ReactNode {
  const place = fieldPlace(name, value);
  if (place === null) return value;
  return (
    <LearnMore place={place} about={name}>
      {value}
    </LearnMore>
  );
}
