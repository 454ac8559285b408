import { z } from 'zod';

// zod compiles parsers with `new Function` where it may; the content security policy forbids that.
// Schemas look at this when they are built, so this file is imported before any of them.
z.config({ jitless: true });
