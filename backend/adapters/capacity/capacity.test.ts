import { describe, expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildBed, buildCapacitySample, buildFacility, buildHospital, ids, testId, testNow } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { departmentAt } from '../fhir/resource.ts';
import { haveDocument } from './have.ts';
import { measureReport } from './measure-report.ts';

/** The document with each element's beginning on a line of its own. */
const lines = (...records: readonly VigilRecord[]) =>
  haveDocument(createView(records), testNow)?.replaceAll(/></g, '>\n<').trimEnd().split('\n');
const now = new Date(testNow).toISOString();

describe('EDXL-HAVE', () => {
  test('tells of this hospital what is known, and of no other', () => {
    const hospital = buildHospital({
      name: 'St <A> & "B"\u0007',
      position: [-56.16, -34.89],
      facilityId: ids.facility,
      emsTrafficStatus: 'closed',
      emsOffload: 'delayed',
      offloadDelayMinutes: 35,
      divert: { reason: 'No scanner', by: { personId: ids.person, name: 'Ana' }, until: testNow + 60_000 },
      clinicalStatus: 'level1',
      capacity: [
        { category: 'adultICU', available: 0, baseline: 12, at: testNow },
        { category: 'pediatricICU', available: null, baseline: 4, at: testNow },
        { category: 'burn', available: null, baseline: null, at: testNow },
      ],
    });
    const other = buildHospital({ id: testId('5', 2), name: 'Elsewhere', facilityId: null });
    expect(lines(buildFacility(), buildBed(), hospital, other)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0" xmlns:xnl="urn:oasis:names:tc:ciq:xnl:3" xmlns:gml="http://www.opengis.net/gml">',
      '<Hospital>',
      '<Organization>',
      '<OrganizationInformation>',
      '<xnl:OrganisationName>',
      '<xnl:NameElement>St &lt;A&gt; &amp; &quot;B&quot;\ufffd</xnl:NameElement>',
      '</xnl:OrganisationName>',
      '</OrganizationInformation>',
      '<OrganizationGeoLocation>',
      '<gml:Point>',
      '<gml:pos>-34.89 -56.16</gml:pos>',
      '</gml:Point>',
      '</OrganizationGeoLocation>',
      '</Organization>',
      '<EmergencyDepartmentStatus>',
      '<EMSTraffic>',
      '<EMSTrafficStatus>Closed</EMSTrafficStatus>',
      '<EMSTrafficReason>No scanner</EMSTrafficReason>',
      '</EMSTraffic>',
      '<EMSAmbulanceStatus>',
      '<EMSOffloadStatus>Delayed</EMSOffloadStatus>',
      '<EMSOffloadMinutes>35</EMSOffloadMinutes>',
      '</EMSAmbulanceStatus>',
      '<CommentText>Emergency department: 0 of 1 staffed beds occupied, 0 patients, 0 without a bed, 0 boarding, NEDOCS not known.</CommentText>',
      '</EmergencyDepartmentStatus>',
      '<HospitalBedCapacityStatus>',
      '<BedCapacity>',
      '<BedType>AdultICU</BedType>',
      '<Capacity>',
      '<CapacityStatus>NotAvailable</CapacityStatus>',
      '<AvailableCount>0</AvailableCount>',
      '<BaselineCount>12</BaselineCount>',
      '</Capacity>',
      '</BedCapacity>',
      '<BedCapacity>',
      '<BedType>PediatricICU</BedType>',
      '<Capacity>',
      '<BaselineCount>4</BaselineCount>',
      '</Capacity>',
      '</BedCapacity>',
      '</HospitalBedCapacityStatus>',
      '<HospitalFacilityStatus>',
      '<ClinicalStatus>Level1</ClinicalStatus>',
      '</HospitalFacilityStatus>',
      `<LastUpdateTime>${now}</LastUpdateTime>`,
      '</Hospital>',
      '</HospitalStatus>',
    ]);
  });

  test('is none where no hospital has beds of its own', () => {
    expect(lines(buildHospital({ facilityId: null }))).toBeUndefined();
  });
});

describe('a count of the department', () => {
  test('is a MeasureReport in which what is not known is absent', () => {
    const sample = buildCapacitySample({
      at: testNow,
      staffed: 40,
      occupied: 33,
      present: 41,
      waiting: 8,
      boarders: 3,
      inbound: 2,
      nedocs: 96.25,
      arrivals: null,
      departures: 0,
    });
    const view = createView([buildFacility(), sample]);
    const own = (code: string, text: string) => ({ coding: [{ system: 'urn:x-vigil:capacity', code }], text });
    expect(measureReport(departmentAt({ view, now: testNow, versionOf: () => '1' }), sample)).toEqual({
      resourceType: 'MeasureReport',
      id: sample.id,
      meta: { versionId: '1' },
      status: 'complete',
      type: 'summary',
      measure: 'urn:x-vigil:measure:emergency-department-capacity',
      date: now,
      reporter: { display: 'Test Hospital' },
      period: { start: now, end: now },
      group: [
        {
          code: own('beds', 'Beds of the emergency department'),
          population: [
            { code: own('staffed', 'Beds that can hold a patient'), count: 40 },
            { code: own('occupied', 'Occupied beds'), count: 33 },
            { code: own('free', 'Beds that can hold a patient and hold none'), count: 7 },
          ],
        },
        {
          code: own('patients', 'Patients of the emergency department'),
          population: [
            { code: own('present', 'Patients in the department'), count: 41 },
            { code: own('waiting', 'Patients without a bed'), count: 8 },
            { code: own('boarders', 'Admitted patients who wait for a ward'), count: 3 },
            { code: own('inbound', 'Ambulances on the way with a patient'), count: 2 },
            { code: own('departures', 'Departures since the count before'), count: 0 },
          ],
        },
        { code: own('crowding', 'NEDOCS'), measureScore: { value: 96.25 } },
      ],
    });
  });
});
