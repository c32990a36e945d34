export const usageWarmUp = 4; // billed periods; with fewer there is too little history to say, until the account knows its own
