/** Whether two values of records say the same, field by field in the order of their schema. */
export const isSame = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);
