export * from './address-set';
export { evaluateExposure, isClosed, isOpenOver, remainingPaths } from './evaluate';
export { type ReadRule, readRule, type Transport } from './matching';
export { touchesOtherPorts } from './rows';
export { attachedGroups, rulesInOrder, walkInterface } from './walk';
export { widthOf } from './width';
