export * from './address-set';
export { evaluateExposure, isClosed } from './evaluate';
export { type ReadRule, readRule, type Transport } from './matching';
export { touchesOtherPorts } from './rows';
export { attachedGroups, familiesOf, rulesInOrder, walkInterface } from './walk';
export { widthOf } from './width';
