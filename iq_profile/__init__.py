"""The 3GPP Iq profile (TS 23.334 / TS 29.334) between IMS-ALG and IMS-AGW."""
