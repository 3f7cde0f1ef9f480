"""Word lists for the made sentences: names of people and places of many lands, armed groups, bodies, weapons."""

from __future__ import annotations

GIVEN = {
    "arabic": "Ahmad Mohammed Muhammad Mahmoud Ali Hassan Hussein Omar Khalid Khaled Yousef Ibrahim Ismail Mustafa Abdullah Abdulrahman Tariq Bilal Hamza Salim Nasser Faisal Jamal Karim Walid Ziad Rami Samir Fadi Nabil Adnan "
    "Haidar Jaber Qasim Saif Talal Anwar Fouad Layla Fatima Zainab Amal Huda Noor Rania Maryam Salma Iman",
    "persian": "Reza Hossein Mehdi Amir Saeed Hamid Javad Majid Farhad Behrouz Kamran Dariush Shirin Parisa Narges Zahra Mohammad Qassem Esmail Alireza Masoud Mohsen",
    "pashto": "Gul Zabihullah Mohammad Abdul Rahmatullah Najibullah Zalmay Ashraf Hamdullah Sirajuddin Noorullah Wali Sher Haji Shafiqullah Enayatullah Farid Jamila Palwasha Asadullah Mirwais Hekmatullah",
    "somali": "Abdi Mohamed Abdirahman Hassan Farah Ismail Yusuf Osman Ahmed Abdullahi Mukhtar Hodan Sahra Amina Faduma Nur Mahad Abukar Sharif Deqa",
    "congo": "Jean Joseph Patrick Emmanuel Bosco Sylvain Felix Justin Innocent Dieudonne Bertrand Papy Claude Julien Aimee Esperance Laurent Willy Corneille Sultani Moise Vital Fidele",
    "slavic": "Oleksandr Volodymyr Serhiy Andriy Ivan Dmytro Mykola Yuriy Oleh Viktor Valeriy Kyrylo Natalia Olena Iryna Sergei Vladimir Dmitry Igor Alexei Mikhail Nikolai Yevgeny Maria Tatiana Ramzan Pavlo",
    "burmese": "Aung Min Thant Zaw Kyaw Ko Htun Myint Thein Win Naing Soe Tin Khin Su Nay Hla Maung Sai Lin Wai Phyo",
    "spanish": "Juan Carlos Jose Luis Miguel Antonio Pedro Diego Andres Jorge Fernando Alejandro Rodrigo Manuel Rafael Maria Ana Lucia Carmen Isabel Rosa Timoleon Ivan Nicolas",
    "english": "John James Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Mark Paul Steven Andrew Kevin Brian George Mary Susan Sarah Linda Karen Emily Anna Peter Simon Claire Helen Stephen Ryan",
    "african": "Ibrahim Moussa Amadou Ousmane Boubacar Adama Abubakar Chukwuma Emeka Ngozi Olusegun Tunde Samuel Kwame Salva Riek Taban Deng Garang Yoweri Paul Kizza Tedros Abiy Debretsion Getachew Mahamat Idriss Faustin Maurice",
    "turkish": "Mehmet Mustafa Ahmet Ali Huseyin Hakan Emre Murat Recep Tayyip Selahattin Abdullah Figen Ayse Fatma Zeynep Hulusi Devlet Mevlut Bekir",
    "kurdish": "Mazloum Nechirvan Masoud Sipan Redur Ilham Aldar Polat Salih Qubad Jalal Bafel Barham Asya Rojda Hevin Dilovan Agit Ferhad Rezan",
    "hebrew": "Benjamin Yoav Benny Avigdor Yair Ehud Moshe Naftali Tzipi Ariel Gadi Herzi Daniel Avi Noa Tamar Eyal Yossi Shlomo Ron",
    "asian": "Narendra Rajnath Imran Nawaz Asim Pervez Shehbaz Bilawal Ranil Mahinda Gotabaya Rodrigo Ferdinand Wei Xi Li Jun Hiroshi Kenji Ji Min Suresh Anil Priya Syed Rashid Tariq Hafiz Masood",
    "french": "Jean Pierre Francois Emmanuel Laurent Nicolas Jacques Michel Olivier Philippe Catherine Sophie Claire Julie Marine Antoine Luc Herve Florence Yves",
    "german": "Hans Wolfgang Klaus Jurgen Stefan Frank Thomas Angela Ursula Annalena Olaf Horst Heiko Birgit Martin Andreas Karl Ulrich Monika Sabine",
}
FAMILY = {
    "arabic": "al-Assad al-Abadi al-Maliki al-Jaafari al-Shami al-Masri al-Hashimi Al-Jubouri al-Zawahiri al-Baghdadi Haddad Khoury Nasrallah Darwish Hamdan Mansour Saleh Hadi Qasim Sulaiman Barakat Zahra Shaheen Awad Farouk al-Houthi "
    "al-Dulaimi al-Tikriti Al-Khalidi al-Sadr Bakri Najjar Abdul-Mahdi bin Salman bin Laden al-Otaibi Ben Ali Abu Zeid El-Sayed al-Kaabi Rahal Issa Hariri",
    "persian": "Karimi Rezaei Hosseini Ahmadi Mohammadi Soleimani Rouhani Zarif Salami Bagheri Jafari Larijani Ghalibaf Amini Moradi Tehrani Nasiri Araghchi Qaani",
    "pashto": "Khan Mujahid Akhundzada Haqqani Karzai Ghani Stanekzai Noorzai Popal Achakzai Mehsud Wazir Yousafzai Ahmadzai Safi Sherzai Zadran Hotak Mansoor Durrani Shinwari Atmar",
    "somali": "Farmaajo Mohamud Ali Warsame Godane Robow Aweys Shirdon Hussein Roble Jama Elmi Guled Diriye Abdulle Sheikh Nur Farole Gaas Deni",
    "congo": "Kabila Tshisekedi Kagame Makenga Ntaganda Nkunda Mukwege Kabarebe Mudacumura Lukwebo Katumbi Ngoy Mbuyi Ilunga Kambale Muhindo Bisimwa Runiga Nangaa Kasereka Lubanga Bemba Ekenge",
    "slavic": "Zelensky Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Poroshenko Syrskyi Zaluzhny Budanov Reznikov Petrov Ivanov Smirnov Volkov Shoigu Gerasimov Prigozhin Girkin Pushilin Kadyrov Lavrov Peskov Konashenkov Humeniuk Malyar",
    "burmese": "Aung Hlaing Htut Thein Swe Tun Oo Maung Myat Kyaw Lwin Shwe Nyunt Zaw Win Than Sein Moe Soe Naing Mon Htoo",
    "spanish": "Garcia Lopez Martinez Rodriguez Gonzalez Hernandez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz Cruz Morales Reyes Gutierrez Ortiz Santos Uribe Marquez Londono Restrepo Duque Petro Guzman Maduro",
    "english": "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris Clark Lewis Walker Hall Young King Wright Scott Green Baker Adams Nelson Carter Mitchell Roberts Dempsey Votel Petraeus O'Brien McGurk MacFarland Townsend",
    "african": "Traore Keita Toure Diallo Coulibaly Ouedraogo Sawadogo Kabore Shekau Buhari Obi Adeyemi Okafor Mensah Kiir Machar Gai Museveni Besigye Ahmed Gebremichael Reda Tadesse Deby Habre Touadera Bozize Kony Dagalo Burhan Hemedti",
    "turkish": "Erdogan Yilmaz Kaya Demir Celik Sahin Ozturk Aydin Arslan Akar Fidan Soylu Cavusoglu Demirtas Bahceli Guler Kilic Kurt Ozdemir Aksoy",
    "kurdish": "Abdi Barzani Talabani Hemo Salih Ahmed Bozan Kobani Xelil Qandil Ibrahim Muslim Rasool Jabar Zebari Bakir Botan Afrin Temo Darwish",
    "hebrew": "Netanyahu Gallant Gantz Cohen Levy Mizrahi Peretz Bennett Lapid Halevi Hagari Eisenkot Ben-Gvir Barak Sharon Shapira Katz Friedman Regev Dayan",
    "asian": "Modi Singh Sharma Khan Sharif Munir Musharraf Bhutto Gupta Kumar Rajapaksa Wickremesinghe Duterte Marcos Aquino Zhang Wang Li Chen Tanaka Sato Kim Park Lee Nguyen Tran Azhar Saeed Reddy Patel",
    "french": "Dupont Martin Bernard Dubois Moreau Laurent Lefebvre Leroy Roux Fournier Girard Mercier Le Drian Macron Parly Ayrault Lecointre Chevallier Barbier Renard",
    "german": "Muller Schmidt Schneider Fischer Weber Meyer Wagner Becker Hoffmann Schulz Steinmeier Maas Baerbock Pistorius Scholz Merkel Leyen Kobler Kramer Vogel",
}
KUNYA = "Abu Bakr al-Baghdadi|Abu Omar al-Shishani|Abu Jandal|Abu Mohammad al-Julani|Abu Hassan|Abu Sayyaf al-Iraqi|Umm Khalid|Abu Yahya al-Libi|Abu Musab|Abu Ali al-Anbari|Abu Walid al-Sahrawi|Abu Qatada|Abu Zubair al-Muhajir|Abu Hamza|Ibn Nasir|Abu Ubaidah|Um Ahmed"
SINGLE = "Zelensky Putin Erdogan Assad Netanyahu Maduro Kagame Tshisekedi Haftar Hemedti Burhan Shekau Kony Obama Trump Biden Merkel Macron Modi Khamenei Rouhani Hadi Saleh Nasrallah Sinwar Haniyeh Abbas Guterres Petro Kadyrov Prigozhin Lukashenko Aliyev Pashinyan Karzai Ghani Mujahid"

PLACES = (
    "Aleppo Raqqa Damascus Homs Hama Idlib Manbij Kobani Afrin Palmyra Tabqa Hasakah Qamishli Daraa Douma Jobar Deir_ez-Zor al-Bab Azaz Jarablus Tal_Abyad Ras_al-Ain Abu_Kamal Mayadin Khan_Sheikhoun Maarat_al-Numan Saraqib Jisr_al-Shughour Quneitra "
    "Mosul Baghdad Fallujah Ramadi Tikrit Kirkuk Basra Sinjar Tal_Afar Hawija Baiji Samarra Najaf Karbala Erbil Sulaimaniyah Baquba Haditha Hit al-Qaim Rawa Makhmour Bartella Qaraqosh Tuz_Khurmatu "
    "Kabul Kandahar Herat Kunduz Lashkar_Gah Jalalabad Mazar-i-Sharif Ghazni Khost Tarin_Kot Musa_Qala Sangin Marjah Spin_Boldak Torkham Faizabad Maidan_Shahr Pul-e_Khumri "
    "Mogadishu Kismayo Baidoa Beledweyne Afgoye Merca Jowhar Galkayo Bosaso Garowe Hargeisa Las_Anod El_Buur Barawe Dhusamareb Qoryoley "
    "Goma Bukavu Beni Butembo Bunia Kinshasa Kitshanga Rutshuru Bunagana Masisi Walikale Sake Uvira Minova Rubaya Kanyabayonga Lubero Mweso Nyiragongo Eringeti Oicha Mambasa Djugu Kalehe "
    "Kyiv Kharkiv Mariupol Bakhmut Avdiivka Kherson Melitopol Donetsk Luhansk Severodonetsk Lysychansk Kramatorsk Sloviansk Zaporizhzhia Mykolaiv Odesa Dnipro Sumy Chernihiv Bucha Irpin Izium Lyman Kupiansk Vuhledar Soledar Robotyne Debaltseve Ilovaisk Belgorod Kursk "
    "Myitkyina Lashio Laukkai Mandalay Naypyidaw Yangon Sittwe Loikaw Myawaddy Hakha Mindat Kyaukphyu Hsipaw Muse Namtu Kalay Sagaing Maungdaw Buthidaung Paletwa "
    "Sanaa Aden Taiz Hodeidah Marib Saada Mukalla Ibb Dhale Zinjibar Lahj Mocha Ataq Seiyun Hajjah Amran al-Bayda "
    "Tripoli Benghazi Misrata Sirte Derna Zawiya Tobruk Sabha Bani_Walid Zintan Tarhuna Gharyan Ajdabiya Ras_Lanuf "
    "Khartoum Omdurman El_Fasher Nyala El_Geneina Wad_Madani El_Obeid Kadugli Port_Sudan Zalingei Kutum Juba Malakal Bentiu Bor Wau Pibor Nasir Yei Abyei "
    "Bamako Gao Timbuktu Kidal Mopti Menaka Tessalit Ansongo Djenne Sevare Ouagadougou Djibo Dori Kaya Fada_N'Gourma Niamey Diffa Tillaberi Tahoua "
    "Maiduguri Bama Damboa Chibok Gwoza Baga Monguno Kaduna Zamfara Jos Kano Damaturu Yola Abuja Konduga Marte "
    "Addis_Ababa Mekelle Axum Adigrat Gondar Lalibela Dessie Humera Shire Alamata Woldiya Bahir_Dar Asmara Moyale "
    "Bangui Bambari Bria Bangassou Bossangoa Birao Ndele Kaga-Bandoro Palma Mocimboa_da_Praia Pemba Macomia Mueda Nangade "
    "Gaza_City Rafah Khan_Younis Jabalia Deir_al-Balah Beit_Hanoun Jenin Nablus Ramallah Hebron Tulkarm Jerusalem Tel_Aviv Haifa Ashkelon Sderot Kiryat_Shmona Beirut Tyre Sidon Nabatieh Baalbek Arsal Naqoura Bint_Jbeil "
    "Bogota Medellin Cali Arauca Tumaco Catatumbo Cucuta Buenaventura Caqueta Toribio Quibdo Apure Caracas Culiacan Tijuana Ciudad_Juarez Reynosa Acapulco Guadalajara Michoacan San_Salvador Tegucigalpa "
    "Marawi Zamboanga Jolo Cotabato Basilan Davao Srinagar Pulwama Kupwara Baramulla Uri Poonch Imphal Churachandpur Bastar Sukma Dantewada Jaffna Kilinochchi Mullaitivu Peshawar Quetta Miranshah Wana Swat Karachi Lahore Islamabad Parachinar "
    "Stepanakert Shusha Agdam Lachin Fizuli Grozny Makhachkala Tskhinvali Sukhumi Gori Tbilisi Yerevan Baku Diyarbakir Cizre Nusaybin Sirnak Hakkari Ankara Istanbul Gaziantep Kilis "
    "Belfast Londonderry Omagh Sarajevo Srebrenica Mostar Vukovar Pristina Mitrovica Kigali Bujumbura Kampala Gulu Nairobi Garissa Mandera Lamu Freetown Monrovia Abidjan Bouake"
).replace("_", " ~").split()
COUNTRIES = (
    "Syria Iraq Turkey Iran Lebanon Jordan Israel Egypt Libya Yemen Saudi_Arabia Qatar Kuwait Bahrain Oman Afghanistan Pakistan India China Russia Ukraine Belarus Poland Georgia Armenia Azerbaijan Somalia Sudan South_Sudan Ethiopia Eritrea Kenya Uganda Rwanda Burundi "
    "Mali Niger Nigeria Chad Cameroon Burkina_Faso Mozambique Myanmar Thailand Philippines Indonesia Bangladesh Sri_Lanka Nepal Colombia Venezuela Mexico Honduras El_Salvador Guatemala Peru Ecuador Haiti France Germany Italy Spain Britain Canada Australia Japan Denmark Norway "
    "Sweden Netherlands Belgium Greece Algeria Tunisia Morocco Mauritania Senegal Ghana Congo Angola Zimbabwe Cyprus Serbia Kosovo Bosnia Croatia Moldova Kazakhstan Uzbekistan Tajikistan Vietnam Cambodia Taiwan U.S. US UK United_States United_Kingdom United_Arab_Emirates UAE "
    "Democratic_Republic_of_Congo Central_African_Republic Democratic_Republic_of_the_Congo Ivory_Coast North_Korea South_Korea"
).replace("_", " ~").split()
REGIONS = (
    "Anbar Nineveh Diyala Salahuddin Helmand Kunar Nangarhar Uruzgan Badakhshan Idlib Eastern_Ghouta Western_Ghouta North_Kivu South_Kivu Ituri Tanganyika Donbas Donbass Crimea Nagorno-Karabakh Darfur North_Darfur South_Kordofan Blue_Nile Tigray Amhara Oromia Afar Rakhine "
    "Kachin Shan Chin Kayah Borno Adamawa Yobe Cabo_Delgado Sinai North_Sinai Gaza Gaza_Strip West_Bank Golan_Heights Bekaa_Valley Kashmir Balochistan North_Waziristan South_Waziristan Khyber_Pakhtunkhwa Mindanao Catalonia Chechnya Dagestan Ingushetia South_Ossetia Abkhazia "
    "Transnistria Jubaland Puntland Galmudug Hiiraan Lower_Shabelle Gedo Bay Sahel Lake_Chad Horn_of_Africa Middle_East Sahara Maghreb Levant Fezzan Cyrenaica Hadramawt Shabwa Abyan Putumayo Narino Choco Norte_de_Santander Cauca Sulu Manipur Chhattisgarh Chiapas Guerrero "
    "Euphrates Tigris Dnipro_River Orontes_River Litani_River Nile Congo_River Red_Sea Black_Sea Bab_al-Mandab Strait_of_Hormuz Persian_Gulf Mediterranean Sea_of_Azov Sinjar_Mountain Hamrin_Mountains Qalamoun Jabal_al-Zawiya Mount_Hermon Hindu_Kush"
).replace("_", " ~").split()
FORCES = (
    "Islamic State|ISIS|ISIL|Daesh|Islamic State of Iraq and the Levant|Islamic State in Iraq and Syria|al-Qaeda|Al Qaeda|al-Qaida|al-Qaeda in the Arabian Peninsula|al-Qaeda in the Islamic Maghreb|AQAP|AQIM|Jabhat al-Nusra|Nusra Front|al-Nusra Front|"
    "Hayat Tahrir al-Sham|HTS|Jabhat Fatah al-Sham|Ahrar al-Sham|Jaish al-Islam|Jaysh al-Izza|Free Syrian Army|FSA|Syrian Democratic Forces|SDF|YPG|YPJ|People's Protection Units|PKK|Kurdistan Workers' Party|Peshmerga|Syrian Arab Army|Syrian National Army|National Defence Forces|"
    "Popular Mobilization Forces|Popular Mobilisation Units|Hashd al-Shaabi|Kataib Hezbollah|Asaib Ahl al-Haq|Badr Organization|Harakat al-Nujaba|Saraya al-Salam|Iraqi Security Forces|Counter Terrorism Service|Hezbollah|Hizbollah|Hamas|Islamic Jihad|Palestinian Islamic Jihad|al-Qassam Brigades|"
    "Lions' Den|Fatah|Israel Defense Forces|IDF|Houthis|Ansar Allah|Southern Transitional Council|Giants Brigades|Security Belt Forces|Saudi-led coalition|Taliban|Afghan Taliban|Pakistani Taliban|Tehrik-i-Taliban Pakistan|TTP|Haqqani network|Islamic State Khorasan|ISKP|Northern Alliance|"
    "Lashkar-e-Taiba|Jaish-e-Mohammed|Hizbul Mujahideen|Balochistan Liberation Army|BLA|Liberation Tigers of Tamil Eelam|LTTE|Tamil Tigers|Communist Party of India (Maoist)|al-Shabaab|Al Shabaab|AMISOM|ATMIS|Somali National Army|Danab|Ahlu Sunna Waljama|Boko Haram|ISWAP|"
    "Multinational Joint Task Force|Civilian Joint Task Force|JNIM|Jama'at Nasr al-Islam wal Muslimin|Ansar Dine|MUJAO|MNLA|Barkhane|G5 Sahel|MINUSMA|M23|March 23 Movement|FDLR|Allied Democratic Forces|ADF|CODECO|Mai-Mai|Mai-Mai Yakutumba|Raia Mutomboki|Wazalendo|FARDC|MONUSCO|"
    "Rwanda Defence Force|LRA|Lord's Resistance Army|SPLA|SPLM-IO|SSPDF|Rapid Support Forces|RSF|Sudanese Armed Forces|Janjaweed|SPLM-N|Justice and Equality Movement|Tigray People's Liberation Front|TPLF|Tigray Defense Forces|Ethiopian National Defence Force|Oromo Liberation Army|Fano|"
    "Seleka|anti-Balaka|Wagner Group|Wagner|Azov Regiment|Azov|Donetsk People's Republic|Luhansk People's Republic|Armed Forces of Ukraine|Russian Armed Forces|National Guard|Black Sea Fleet|Libyan National Army|LNA|Petrol Facilities Guard|Libya Dawn|Tatmadaw|Arakan Army|AA|"
    "Kachin Independence Army|KIA|Ta'ang National Liberation Army|TNLA|MNDAA|People's Defence Force|PDF|Karen National Liberation Army|United Wa State Army|Three Brotherhood Alliance|FARC|ELN|National Liberation Army|Revolutionary Armed Forces of Colombia|AUC|Clan del Golfo|Gulf Clan|EPL|"
    "Sinaloa Cartel|Jalisco New Generation Cartel|CJNG|Zetas|MS-13|Mara Salvatrucha|Sendero Luminoso|Shining Path|EZLN|New People's Army|NPA|Moro Islamic Liberation Front|MILF|Abu Sayyaf|Abu Sayyaf Group|Maute group|Irish Republican Army|IRA|ETA|Kosovo Liberation Army|NATO|ISAF|UNIFIL|"
    "U.S. Central Command|CENTCOM|US Army|U.S. Navy|U.S. Air Force|Royal Air Force|RAF|Pentagon|Combined Joint Task Force|CJTF-OIR|Islamic Revolutionary Guard Corps|IRGC|Revolutionary Guards|Quds Force|Basij|Fatemiyoun Brigade|Zainabiyoun|Tiger Forces|Desert Hawks|Republican Guard|"
    "4th Armoured Division|101st Airborne Division|82nd Airborne Division|93rd Mechanized Brigade|Golani Brigade|Presidential Guard|Rapid Intervention Battalion|Central Reserve Police Force|Border Security Force|Frontier Corps|Assam Rifles|Afghan National Army|Afghan National Security Forces|"
    "Faylaq al-Sham|Liwa al-Tawhid|Sultan Murad Division|Hamza Division|Ajnad al-Sham|Turkistan Islamic Party|Ansar al-Islam|Ansar al-Sharia|Ansar Beit al-Maqdis|Sons of Iraq|Mahdi Army|Promised Day Brigade|1920 Revolution Brigades|Naqshbandi Army|Nineveh Plain Protection Units|Sinjar Resistance Units"
).split("|")
ORGS = (
    "United Nations|UN|U.N.|UN Security Council|Security Council|UNHCR|UNICEF|World Food Programme|WFP|World Health Organization|WHO|OCHA|International Organization for Migration|IOM|UNRWA|European Union|EU|African Union|AU|Arab League|ECOWAS|IGAD|OSCE|ASEAN|Gulf Cooperation Council|"
    "International Committee of the Red Cross|ICRC|Red Cross|Red Crescent|Syrian Arab Red Crescent|Doctors Without Borders|Médecins Sans Frontières|MSF|Amnesty International|Human Rights Watch|HRW|Save the Children|Oxfam|Norwegian Refugee Council|International Rescue Committee|Mercy Corps|"
    "Syrian Observatory for Human Rights|SOHR|White Helmets|Syrian Civil Defence|Syrian Network for Human Rights|Airwars|Bellingcat|International Crisis Group|Institute for the Study of War|B'Tselem|Al-Haq|Mwatana|Reuters|AFP|Agence France-Presse|Associated Press|AP|BBC|CNN|Al Jazeera|Al Arabiya|"
    "SANA|TASS|Interfax|RIA Novosti|Xinhua|Anadolu Agency|Fars|IRNA|Rudaw|Kurdistan 24|Amaq|Radio Okapi|Radio Tamazuj|Radio Dabanga|Voice of America|VOA|New York Times|Washington Post|The Guardian|Wall Street Journal|Der Spiegel|Le Monde|Dawn|Haaretz|Times of India|El Tiempo|Kyiv Independent|"
    "Ministry of Defence|Defence Ministry|Defense Ministry|Foreign Ministry|Interior Ministry|Ministry of Health|Health Ministry|Ministry of Interior|Ministry of Foreign Affairs|State Department|Department of Defense|White House|Kremlin|Foreign Office|Congress|Senate|Parliament|Knesset|House of Commons|"
    "Supreme Court|International Criminal Court|ICC|International Court of Justice|Office of the High Commissioner for Human Rights|OHCHR|Human Rights Council|Kurdistan Regional Government|KRG|Government of National Accord|Government of National Unity|Syrian National Coalition|High Negotiations Committee|"
    "National Unity Government|Transitional Sovereignty Council|Transitional Military Council|National Transitional Council|Palestinian Authority|Muslim Brotherhood|Ba'ath Party|Baath Party|Democratic Union Party|PYD|Kurdistan Democratic Party|KDP|Patriotic Union of Kurdistan|Justice and Development Party|AKP|"
    "Republican Party|Democratic Party|Labour Party|Forces for Freedom and Change|Naftogaz|Gazprom|Total|Shell|TotalEnergies|National Oil Corporation|Energoatom|IAEA|International Atomic Energy Agency|OPCW|Organisation for the Prohibition of Chemical Weapons|CIA|FBI|MI6|Mossad|FSB|SBU|MIT|ISI|Scotland Yard|Europol|"
    "National Security Council|General Staff|Joint Chiefs of Staff|Chatham House|Carnegie Endowment|RAND Corporation|World Bank|International Monetary Fund|IMF|University of Damascus|Red Cross of the Democratic Republic of Congo|Islamic Relief|CARE International|Caritas|Gaza Health Ministry|"
    "Galatasaray|Manchester United|Real Madrid|Al Ahly|Arsenal|Apple|Google|Boeing|Lockheed Martin|Samsung|Microsoft|Tesla|Toyota"
).split("|")
FACILITY_KIND = (
    "airport|international airport|air base|airbase|military airport|hospital|general hospital|prison|dam|bridge|refugee camp|camp|mosque|Great Mosque|church|cathedral|university|power plant|oil refinery|oil field|oilfield|border crossing|market|bus station|railway station|stadium|"
    "military base|naval base|school|border post|checkpoint|police station|barracks|palace|cement factory|water station|gas field|nuclear plant|grain terminal|museum|embassy"
).split("|")
FACILITIES = (
    "Al-Shifa Hospital|Tabqa Dam|Mosul Dam|Haditha Dam|Kakhovka dam|Nova Kakhovka dam|Azovstal steelworks|Zaporizhzhia nuclear power plant|Bagram Air Base|Kandahar Airfield|Camp Bastion|al-Tanf base|Ain al-Asad air base|Hmeimim air base|T4 airbase|Shayrat airbase|Kuweires air base|Menagh airbase|"
    "Taftanaz airbase|Camp Speicher|Camp Taji|Abu Ghraib|Abu Ghraib prison|Sednaya prison|Ghwayran prison|al-Hol camp|Zaatari refugee camp|Yarmouk camp|Jabalia camp|Ain al-Hilweh|Nahr al-Bared|Shatila|Dadaab|Kakuma|Zamzam camp|Bab al-Hawa crossing|Bab al-Salam|Rafah crossing|Kerem Shalom|Erez crossing|"
    "Great Mosque of al-Nuri|al-Nuri mosque|al-Aqsa Mosque|Umayyad Mosque|Green Zone|Tahrir Square|Maidan|Baiji refinery|Conoco gas field|al-Omar oil field|Kerch Bridge|Crimean Bridge|Antonivsky Bridge|Hostomel airport|Camp Lemonnier|Guantanamo Bay|Al Udeid|Incirlik Air Base|Castello Road|M5 highway|M4 highway|"
    "Westgate shopping mall|Bataclan|Taj Mahal Palace Hotel|Intercontinental Hotel|Serena Hotel|Radisson Blu|Maka al-Mukarama Road|Villa Somalia|Halane base|Goma airport|Khartoum International Airport|Merowe airbase|Mitiga airport|Hodeidah port|Port of Berbera|Al-Kindi Hospital|Ibn Sina Hospital|Highway 80"
).split("|")
NORPS = (
    "Syrian Iraqi Turkish Iranian Lebanese Jordanian Israeli Egyptian Libyan Yemeni Saudi Qatari Emirati Afghan Pakistani Indian Chinese Russian Ukrainian Belarusian Polish Georgian Armenian Azerbaijani Somali Sudanese South_Sudanese Ethiopian Eritrean Kenyan Ugandan Rwandan Burundian Malian Nigerien Nigerian "
    "Chadian Cameroonian Burkinabe Mozambican Burmese Thai Filipino Indonesian Bangladeshi Sri_Lankan Colombian Venezuelan Mexican Honduran Salvadoran French German Italian Spanish British Canadian Australian Japanese Danish Norwegian Dutch Greek Algerian Tunisian Moroccan Congolese Angolan Serbian Bosnian Croatian "
    "American Kurdish Arab Sunni Shiite Shia Yazidi Turkmen Christian Muslim Jewish Alawite Druze Pashtun Tajik Hazara Uzbek Tutsi Hutu Hema Lendu Dinka Nuer Tigrayan Oromo Amhara Fulani Tuareg Dogon Rohingya Karen Chin Palestinian Catholic Orthodox Buddhist Hindu Chechen Western European African Islamist Salafist Soviet"
).replace("_", " ~").split()
PEOPLES = (
    "Kurds Arabs Sunnis Shiites Yazidis Christians Muslims Jews Alawites Druze Turkmen Syrians Iraqis Turks Iranians Afghans Palestinians Israelis Americans Russians Ukrainians Rohingya Hutus Tutsis Tigrayans Amharas Somalis Sudanese Yemenis Libyans Lebanese Europeans Serbs Croats Chechens Pashtuns Hazaras Tajiks "
    "Republicans Democrats Islamists Salafists Zaidis Maronites Tuaregs Fulani Nuer Dinka Hema Lendu Banyamulenge Hindus Sikhs Buddhists Tamils"
).split()
WEAPONS = (
    "mortars|mortar shells|artillery|heavy artillery|rockets|Grad rockets|Katyusha rockets|Qassam rockets|barrel bombs|barrel bomb|cluster munitions|cluster bombs|improvised explosive devices|improvised explosive device|IED|IEDs|VBIED|VBIEDs|SVBIED|car bomb|car bombs|truck bomb|roadside bomb|roadside bombs|"
    "landmine|land mines|suicide vest|explosive belt|suicide belt|hand grenade|grenades|rocket-propelled grenades|RPGs|RPG-7|AK-47|AK-47s|Kalashnikov|Kalashnikov rifles|assault rifles|machine guns|heavy machine guns|sniper rifle|machetes|knives|small arms|tanks|T-72 tanks|T-90|T-55 tank|Leopard 2 tanks|Abrams tanks|"
    "armoured vehicles|armored personnel carriers|Humvees|Bradley fighting vehicles|BMP-1|technicals|helicopter gunships|Mi-24 helicopter|Apache helicopters|Black Hawk helicopter|F-16 fighter jets|F-16s|F-35|Su-24|Su-25 attack aircraft|MiG-21|warplanes|fighter jets|drones|Shahed drones|Shahed-136|Bayraktar TB2 drones|"
    "Reaper drone|quadcopter|unmanned aerial vehicle|UAVs|ballistic missile|ballistic missiles|cruise missiles|Kalibr missiles|Iskander missiles|Scud missile|Tomahawk missiles|Storm Shadow missiles|Hellfire missiles|surface-to-air missiles|anti-tank missiles|TOW missiles|Javelin missiles|Kornet|Stinger missiles|HIMARS|"
    "Patriot battery|S-300|S-400|Iron Dome interceptors|Burkan-2H|chlorine gas|sarin|mustard gas|white phosphorus|chemical weapons|thermobaric bombs|JDAM|howitzers|M777 howitzers|Caesar howitzers|122mm rockets|155mm shells|107mm rockets|mines|anti-personnel mines|explosives|ammunition|speedboats|patrol boat|warship|pistol|bullets|firebombs|Molotov cocktails|petrol bombs"
).split("|")
EVENTS = (
    "Operation Inherent Resolve|Operation Euphrates Shield|Operation Olive Branch|Operation Peace Spring|Operation Enduring Freedom|Operation Decisive Storm|Operation Barkhane|Operation Serval|Operation Cast Lead|Operation Protective Edge|Operation Swords of Iron|Operation Claw-Lock|Operation Zarb-e-Azb|Operation Sukola|"
    "Battle of Mosul|Battle of Aleppo|Battle of Raqqa|Battle of Bakhmut|Battle of Mariupol|Siege of Sarajevo|Battle of Marawi|World War II|Second World War|World War One|Cold War|Gulf War|Iran-Iraq War|Vietnam War|Arab Spring|Six-Day War|Yom Kippur War|Second Intifada|Second Congo War|Rwandan genocide|Euromaidan|"
    "Ramadan|Eid al-Fitr|Eid al-Adha|Ashura|Arbaeen|Christmas|Easter|Nowruz|Independence Day|Geneva talks|Astana talks|Jeddah talks|Doha talks|Minsk talks|Geneva II conference|Munich Security Conference|G20 summit|World Cup|Olympics|Champions League"
).split("|")
MISC = (
    "Geneva Conventions|Resolution 2254|Resolution 1701|UN Resolution 2139|Minsk agreements|Minsk II|Oslo Accords|Lomé Peace Agreement|Stockholm Agreement|Arusha Accords|Dayton Agreement|Taif Agreement|Camp David accords|Pretoria agreement|Juba Peace Agreement|Chemical Weapons Convention|Rome Statute|"
    "Nobel Peace Prize|Quran|Koran|Bible|Arabic|Kurdish|Kinyarwanda|Swahili|Twitter|Telegram|Facebook|WhatsApp|YouTube|Dabiq|Black Sea Grain Initiative|Leahy Law|Anti-Terrorism Act|Patriot Act|Sykes-Picot|Nairobi Process|Luanda roadmap"
).split("|")
SYLLABLES = {
    "arabic": ("al- Tel_ Tal_ Khan_ Deir_ Kafr_ Ain_ Umm_ Wadi_ Jabal_ Beit_ Abu_ Bir_".replace("_", " ").split(" "), "sha ma ra za ba ha da ni qa ru ja na la su mi ka fa".split(), "rif bah ran din yah mar saf lan bil hur qin wan tin nab sil".split()),
    "slavic": ([""], "ko ve bo no sta kra lu mi za vo pe ro che yas per no".split(), "ivka ove insk ynske ne ivsk ohrad ky hirne opil anivka yansk".split()),
    "congo": ([""], "ka mu lu bu nya ki ma ru wa ta mi shi".split(), "sisi lero hanga bwe tembo ramba kiro nyi ngo vungu rubi hene".split()),
    "pashto": (["", "", "Char ", "Shah ", "Nad "], "kha mu na ga wa sha ba sar gar za la".split(), "rwar zai kot abad nai dak stan gul lam war khel dara".split()),
    "sahel": (["", "", "El ", "Tin "], "bou ga ti da ma ko dio ou na sa fa".split(), "ssou rou gou dji na kala bougou lila moko dougou tessa".split()),
    "burmese": ([""], "kyauk pyin man taung myo nam law hpa la ky ma mong".split(), "gyi taw me kai lay khet daung u kan nyein hu yar".split()),
}
