/** The events of one change or renewal are dated within so many seconds of each other. */
export const sameChangeSec = 60;
