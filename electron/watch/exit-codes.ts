/** The evidence process ends with it when its database turned out to be damaged: the next one looks through it first. */
export const EXIT_DAMAGED_STORE = 70;
