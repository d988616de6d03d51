/** The process in which the built-in classifier of a demo is trained, so that the editor never waits for it. */
import { ClassifierCalls, type ClassifierRequest } from './classifier/calls';
import { serveCalls } from './workerServer';

const calls = new ClassifierCalls();
serveCalls((request, events) => calls.perform(request as ClassifierRequest, events));
