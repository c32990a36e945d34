import { enableCompileCache } from 'node:module';

// Imported first, so that all that follows starts in a third of the time from the second run on.
enableCompileCache();
