/** Whoever runs the system may do anything: the pollers, the schedules, the tests. Nothing of the user's is read. */
export const operatorCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
