import { ExpectedError } from '../../errors';

/** What the function itself did: it raised, ended its process or returned what its outputs cannot show. */
export class FunctionError extends ExpectedError {}
