import type { Plugin } from 'vite';

export function licences(file: string): Plugin;
