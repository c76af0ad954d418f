import * as vm from 'node:vm';
import { Injectable } from '@nestjs/common';
import { load } from 'js-yaml';
import { deviceAgent, getJson } from '../common/http';

export interface ReportDefinition {
  title: string;
  columns: string[];
  /** An expression over `row`, such as `row.stay_days > 14`. */
  filter?: string;
  /** Computed columns by name. */
  computed?: Record<string, string>;
}

type Row = Record<string, string | number | null>;

const AGGREGATES: Record<string, (values: number[]) => number> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  max: (values) => Math.max(...values),
  mean: (values) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length),
};

/** Thousands separated, as the finance department wants them. */
const grouped = new Function('n', "return n.toLocaleString('de-AT', { useGrouping: true });");

@Injectable()
export class ReportService {
  /** Definitions are written in the report editor and stored as YAML. */
  parse(text: string): ReportDefinition {
    const raw = load(text) as Partial<ReportDefinition>;
    if (!raw?.title || !Array.isArray(raw.columns)) {
      throw new Error('a report needs a title and columns');
    }
    return raw as ReportDefinition;
  }

  run(definition: ReportDefinition, rows: Row[]): Row[] {
    const kept = definition.filter ? rows.filter(predicate(definition.filter)) : rows;
    return kept.map((row) => this.project(definition, row));
  }

  aggregate(name: string, values: number[]): string {
    const fold = AGGREGATES[name];
    if (!fold) {
      throw new Error(`no aggregate ${name}`);
    }
    return grouped(fold(values));
  }

  async wardTemperatures(host: string): Promise<number[]> {
    return getJson<number[]>(new URL(`https://${host}/temps`), deviceAgent);
  }

  private project(definition: ReportDefinition, row: Row): Row {
    const result: Row = {};
    for (const column of definition.columns) {
      const formula = definition.computed?.[column];
      result[column] = formula ? vm.runInNewContext(formula, { row }) : row[column] ?? null;
    }
    return result;
  }
}

function predicate(filter: string): (row: Row) => boolean {
  const body = `"use strict"; return (${filter});`;
  return new Function('row', body) as (row: Row) => boolean;
}
